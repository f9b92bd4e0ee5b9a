using System.Diagnostics;
using Xunit;

namespace AutoDiffLsr.Tests.Support;

/// <summary>A file system in memory of a few kilobytes over a folder. Needs the right to mount; skips the test without.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    public static SmallDisk Mount(string folder, int kilobytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={kilobytes}k"), "none", folder), "A small disk needs Linux and the right to mount.");
        return new(folder);
    }

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", folder));

    public void Resize(int kilobytes) => Assert.True(Run("mount", "-o", FormattableString.Invariant($"remount,size={kilobytes}k"), folder));

    public void Dispose() => Run("umount", folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
