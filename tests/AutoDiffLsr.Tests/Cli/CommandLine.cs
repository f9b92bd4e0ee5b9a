using System.Text;
using System.Text.Json;
using AutoDiffLsr.Cli;
using AutoDiffLsr.Cli.Output;
using Xunit;

namespace AutoDiffLsr.Tests.Cli;

/// <summary>Runs the tool inside the test's process, as a person would from a script: nothing is a screen.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    public static CommandLine Run(params string[] arguments) => RunWithInput("", arguments);

    public static CommandLine RunWithInput(string input, params string[] arguments)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(input));
        using StringWriter output = new();
        using StringWriter error = new();
        int code = Application.Run(arguments, new Terminal(stream, output, error), () => TestContext.Current.CancellationToken);
        return new CommandLine(code, output.ToString(), error.ToString());
    }

    /// <summary>The JSON on standard output, after making sure that the command succeeded.</summary>
    public JsonElement Json()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>The one line on standard error, after making sure that the input was refused as bad and nothing was written to standard output.</summary>
    public string Refusal()
    {
        Assert.True(ExitCode == 2, $"exit code {ExitCode}: {Error}");
        Assert.Empty(Output);
        string line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("autodiff-lsr: ", line);
        return line["autodiff-lsr: ".Length..];
    }
}
