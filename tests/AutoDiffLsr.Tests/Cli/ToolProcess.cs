using System.Diagnostics;
using System.Globalization;

namespace AutoDiffLsr.Tests.Cli;

/// <summary>The built tool as a process of its own.</summary>
internal sealed class ToolProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> error;

    private ToolProcess(Process process) => (this.process, error) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Starts the tool in a folder and leaves its standard output to the test.</summary>
    public static ToolProcess Start(string folder, params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "autodiff-lsr.dll");

        // A job in the background of a shell ignores Ctrl-C, and what it starts inherits that: tests that send it must not depend on how they are run.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        ProcessStartInfo start = new(command[0], [.. command[1..], "exec", tool, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        process.StandardInput.Close();
        return new ToolProcess(process);
    }

    /// <summary>Runs the tool in a folder to its end.</summary>
    public static CommandLine Run(string folder, params string[] arguments)
    {
        using ToolProcess tool = Start(folder, arguments);
        return tool.Finish();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>The next line of standard output, or null at its end.</summary>
    public string? ReadLine() => process.StandardOutput.ReadLine();

    /// <summary>What Ctrl-C sends.</summary>
    public void Interrupt() => Send("-INT");

    /// <summary>What containers and batch systems send before they kill.</summary>
    public void Terminate() => Send("-TERM");

    /// <summary>Ends the process at once, by what cannot be caught. False if it had ended by itself.</summary>
    public bool Kill()
    {
        bool isRunning = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        return isRunning && process.ExitCode != 0;
    }

    /// <summary>Waits for the end; the output is what was not read before.</summary>
    public CommandLine Finish()
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException($"The tool did not end within {Patience}.");
        }

        return new CommandLine(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private void Send(string signal)
    {
        using Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
