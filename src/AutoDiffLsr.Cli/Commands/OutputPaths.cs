using System.CommandLine;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Commands;

/// <summary>No command writes onto what it reads.</summary>
internal static class OutputPaths
{
    private static readonly string[] Inputs = ["--data", "--test", "--model", "--loss"], Outputs = ["--output", "--json", "--onnx", "--safetensors", "--npz"];

    /// <summary>Refuses an output that is an input of the same command, by another name or a link as well.</summary>
    /// <exception cref="UsageException">One is: the message names both options.</exception>
    public static void Check(IEnumerable<Option> options, ParseResult arguments)
    {
        (string Option, string Path)[] given = [.. options.SelectMany(option => Tokens(arguments, option).Select(token => (option.Name, token)))];
        foreach ((string output, string path) in given.Where(entry => Outputs.Contains(entry.Option)))
        {
            if (given.FirstOrDefault(entry => Inputs.Contains(entry.Option) && IsSame(entry.Path, path)) is { Option: { } input })
                throw new UsageException($"{output} {path} is what {input} reads, and would be lost: give another file");
        }
    }

    private static IEnumerable<string> Tokens(ParseResult arguments, Option option) => arguments.GetResult(option)?.Tokens.Select(token => token.Value) ?? [];

    private static bool IsSame(string input, string output) => File.Exists(input) && File.Exists(output) && Final(input) == Final(output);

    private static string Final(string path)
    {
        FileInfo file = new(path);
        return file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
    }
}
