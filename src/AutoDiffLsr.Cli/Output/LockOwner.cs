using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Output;

/// <summary>A process of a machine.</summary>
internal sealed record LockOwner(int ProcessId, long Started, string Machine)
{
    /// <summary>The clock's seconds differ a little each time a start is computed from them; ids are not used again that fast.</summary>
    private const long ToleranceSeconds = 2;

    public static LockOwner Current()
    {
        using Process process = Process.GetCurrentProcess();
        return new(process.Id, Seconds(process), Environment.MachineName);
    }

    /// <summary>Null for anything but a whole lock: its writer did not get as far.</summary>
    public static LockOwner? TryParse(string text) =>
        text.Split('\n') is ["process", var id, "started", var started, "machine", var machine, ""]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new(processId, seconds, machine)
            : null;

    /// <summary>Whether a text may be a lock that was not wholly written.</summary>
    public static bool MayBeginLike(string text) => text.Length == 0 || text.StartsWith("process\n", StringComparison.Ordinal) || "process\n".StartsWith(text, StringComparison.Ordinal);

    /// <summary>Whether the process is there. Of another machine that cannot be known.</summary>
    public bool MayBeAlive()
    {
        if (Machine != Environment.MachineName)
            return true;
        try
        {
            using Process process = Process.GetProcessById(ProcessId);
            return !process.HasExited && !IsZombie() && Math.Abs(Seconds(process) - Started) <= ToleranceSeconds;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The content of the file.</summary>
    public string Text => FormattableString.Invariant($"process\n{ProcessId}\nstarted\n{Started}\nmachine\n{Machine}\n");

    /// <summary>"process 1234 (started 2026-11-23 14:05:12 UTC)".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {ProcessId}{(Machine == Environment.MachineName ? "" : $" of {Machine}")} (started {DateTimeOffset.FromUnixTimeSeconds(Started):yyyy-MM-dd HH:mm:ss} UTC)");

    private static long Seconds(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();

    /// <summary>On Linux: ended, but its parent has not asked for its result yet. Such a process writes nothing any more.</summary>
    private bool IsZombie()
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{ProcessId}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
            return false;
        }
    }
}
