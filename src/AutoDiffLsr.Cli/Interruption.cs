using System.Runtime.InteropServices;

namespace AutoDiffLsr.Cli;

/// <summary>
/// Ctrl-C and SIGTERM as a cancellation, for commands that ask for it: the first one then asks for an orderly end, the second one ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private volatile bool wasTerminated;

    /// <summary>From now on Ctrl-C does not end the process but cancels.</summary>
    /// <returns>What it cancels.</returns>
    public CancellationToken Arm()
    {
        if (registrations.Count == 0)
            registrations.AddRange([PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)]);
        return source.Token;
    }

    /// <summary>The exit code of a command, which cannot know which signal cancelled it.</summary>
    public int CodeOf(int code) => code == ExitCode.Interrupted && wasTerminated ? ExitCode.Terminated : code;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        wasTerminated |= context.Signal == PosixSignal.SIGTERM;
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }
}
