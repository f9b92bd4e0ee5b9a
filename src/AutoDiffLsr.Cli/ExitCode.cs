namespace AutoDiffLsr.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A failure of ours, or a training that diverged.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>Ended by Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended in order on SIGTERM, as containers and batch systems send it: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
