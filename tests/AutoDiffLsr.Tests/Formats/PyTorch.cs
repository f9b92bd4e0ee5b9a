using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

/// <summary>python3 with torch, where it is there.</summary>
internal static class PyTorch
{
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    private static readonly Lazy<string?> Interpreter = new(() => Array.Find(Interpreters, HasTorch));

    /// <summary>Runs a script and gives the words that it prints; skips the test where there is no torch.</summary>
    public static string[] Run(string script, params string[] arguments)
    {
        Assert.SkipWhen(Interpreter.Value is null, "python3 with torch is not here (Debian: python3-torch).");
        (int code, string output, string errors) = Python(Interpreter.Value, ["-c", script, .. arguments]);
        Assert.True(code == 0, errors);
        return output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static bool HasTorch(string interpreter)
    {
        try
        {
            return Python(interpreter, ["-c", "import torch"]).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Output, string Errors) Python(string interpreter, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
