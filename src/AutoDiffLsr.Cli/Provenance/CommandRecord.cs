using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Cli.Provenance;

/// <summary>What a command line says, as a record.</summary>
internal static class CommandRecord
{
    private const string Tool = "autodiff-lsr";

    /// <summary>Options that do not change a result: where it goes, and how it is shown and kept safe.</summary>
    private static readonly string[] Unrelated = ["--output", "--json", "--quiet", "--resume", ForceOption.OptionName, "--checkpoint-every", "--config", "--cluster", "--tls-certificate", "--tls-key", "--tls-authority"];

    /// <summary>The record of a run that begins now; its data and what was resolved are added later.</summary>
    public static RunProvenance Of(ParseResult arguments)
    {
        Dictionary<string, string> settings = Settings(arguments);
        long? seed = settings.TryGetValue("seed", out string? text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
        int threads = settings.TryGetValue("threads", out string? count) ? int.Parse(count, CultureInfo.InvariantCulture) : Compute.Threads;
        return new RunProvenance(
            Tool, Host.Version, Host.Commit, Host.Date(), Text(arguments.Tokens.Select(token => WithoutPassword(token.Value))), Text(WithoutOutputs(arguments)), settings, seed, threads, Host.Processor, MachineLimits.Instructions, Host.Runtime, Host.System, null);
    }

    /// <summary>Whether a result depends on an option.</summary>
    public static bool IsSetting(Option option) => option.Name.StartsWith("--", StringComparison.Ordinal) && option.Name != "--help" && !Unrelated.Contains(option.Name);

    /// <summary>The words after the tool's name, those in quotes that a shell would take apart.</summary>
    public static string Text(IEnumerable<string> words) => string.Join(' ', words.Select(Quote).Prepend(Tool));

    private static Dictionary<string, string> Settings(ParseResult arguments)
    {
        Dictionary<string, string> settings = [];
        foreach (Option option in arguments.CommandResult.Command.Options.Where(IsSetting))
        {
            if (TextOf(arguments.GetResult(option)) is { Length: > 0 } text)
                settings[option.Name[2..]] = text;
        }

        return settings;
    }

    private static string? TextOf(OptionResult? result) => result is null ? null
        : !result.Implicit && result.Tokens.Count > 0 ? string.Join(',', result.Tokens.Select(token => token.Value))
        : TextOf(result.GetValueOrDefault<object?>());

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(',', list.Cast<object?>().Select(TextOf)),
        _ => value.ToString(),
    };

    private static IEnumerable<string> WithoutOutputs(ParseResult arguments)
    {
        string[] unrelated = [.. Unrelated.Except(["--config"])];
        for (int i = 0; i < arguments.Tokens.Count; i++)
        {
            if (!unrelated.Contains(arguments.Tokens[i].Value))
                yield return arguments.Tokens[i].Value;
            else if (i + 1 < arguments.Tokens.Count && arguments.Tokens[i + 1].Type == TokenType.Argument)
                i++;
        }
    }

    /// <summary>An address of Redis without its options, of which one may be a password.</summary>
    internal static string WithoutPassword(string word) => word.StartsWith("redis:", StringComparison.OrdinalIgnoreCase) && word.Contains(',', StringComparison.Ordinal) ? word[..word.IndexOf(',', StringComparison.Ordinal)] + ",..." : word;

    private static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./,:=+@%".Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
