using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Cli;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>
/// The blocks of a document that begin with "$ dotnet run FILE" or "$ autodiff-lsr ...": the command is run, and what it prints is what the block shows.
/// With AUTODIFFLSR_WRITE_DOCS=1 the blocks are written anew instead.
/// </summary>
internal static partial class DocumentOutput
{
    private static bool Rewrites => Environment.GetEnvironmentVariable("AUTODIFFLSR_WRITE_DOCS") == "1";

    /// <summary>Runs the commands of a document and compares; gives their number.</summary>
    /// <param name="document">Its path from the root of the checkout.</param>
    public static int Check(string document)
    {
        string text = Repository.Read(document);
        int count = 0;
        string actual = Block().Replace(text, match =>
        {
            count++;
            return $"```\n$ {match.Groups[1].Value}\n{Run(match.Groups[1].Value).TrimEnd('\n')}\n```";
        });
        if (Rewrites && Masked(actual) != Masked(text))
            File.WriteAllText(Path.Combine(Repository.Root, document), actual);
        else
            Assert.Equal(Masked(text), Masked(actual));
        return count;
    }

    /// <summary>Without what differs from machine to machine: times, and estimates of rounding.</summary>
    public static string Masked(string text) => Ratio().Replace(Rounding().Replace(Time().Replace(text, "TIME"), "± ERROR"), "TIMES");

    private static string Run(string command)
    {
        string[] words = command.Split(' ');
        if (words[0] == "autodiff-lsr")
        {
            using TemporaryFolder folder = new();
            CommandLine line = CommandLine.Run([.. words[1..], .. words[1] is "train" ? new[] { "--output", folder["run"] } : []]);
            return (line.Output + line.Error).Replace(folder["run"], "runs/...", StringComparison.Ordinal);
        }

        string file = words.First(word => word.EndsWith(".cs", StringComparison.Ordinal));
        return DocumentProgram.Compile(Repository.Read(file), file).Run();
    }

    [GeneratedRegex(@"```\n\$ ((?:dotnet run |autodiff-lsr )[^\n]*)\n(?:.*?\n)??```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"[0-9][0-9.,]* (ns|µs|ms|s|samples/s)\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"± [0-9.]+E[-+][0-9]+( \(step [0-9.E-]+\))?|tolerance [0-9.]+E[-+][0-9]+")]
    private static partial Regex Rounding();

    [GeneratedRegex(@"\d+ times faster")]
    private static partial Regex Ratio();
}
