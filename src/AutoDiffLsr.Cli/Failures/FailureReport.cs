using System.Text;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Failures;

/// <summary>The one place where an error becomes a line on standard error and an exit code.</summary>
internal static class FailureReport
{
    private const string TraceVariable = "AUTODIFFLSR_TRACE";

    /// <summary>Tells the user.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="output">Standard error.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Write(Exception error, TextWriter output)
    {
        (int code, string message) = Describe(error);
        output.WriteLine($"autodiff-lsr: {OneLine(message)}");
        if (Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 })
            output.WriteLine(error);
        return code;
    }

    private static (int Code, string Message) Describe(Exception error) => error switch
    {
        UsageException or DataException or ModelFileException => (ExitCode.BadInput, error.Message),
        OperationCanceledException => (ExitCode.Interrupted, "interrupted"),
        DivergedException => (ExitCode.Failed, error.Message),
        OutOfMemoryException => (ExitCode.Failed, "not enough memory: use fewer samples, a smaller batch or a smaller net"),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, error.Message),
        _ => (ExitCode.Failed, $"internal error: {error.GetType().Name}: {error.Message} (a fault of this tool; {TraceVariable}=1 shows where)"),
    };

    /// <summary>The text with every control character written as its code: file names and arguments may hold any.</summary>
    private static string OneLine(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char letter in text)
            line.Append(char.IsControl(letter) ? $"\\u{(int)letter:x4}" : letter);
        return line.ToString();
    }
}
