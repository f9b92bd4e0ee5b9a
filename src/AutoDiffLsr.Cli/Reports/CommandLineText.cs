using System.CommandLine;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>The command line that the user wrote, so that it can be run again.</summary>
internal static class CommandLineText
{
    private const string Tool = "autodiff-lsr";

    /// <summary>The words in order, those in quotes that a shell would take apart.</summary>
    public static string Of(ParseResult arguments) => string.Join(' ', arguments.Tokens.Select(token => Quote(token.Value)).Prepend(Tool));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./,:=+@%".Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
