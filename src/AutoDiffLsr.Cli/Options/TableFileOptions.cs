using System.CommandLine;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Cli.Options;

/// <summary>How the text of a table is laid out, for files of which it cannot be found out.</summary>
internal sealed class TableFileOptions : IOptionGroup
{
    private readonly Option<string?> separator = Text("--separator", "For a table: the character between fields, or tab or space (default: found out).", "CHARACTER");

    private readonly Option<string?> decimalMark = Text("--decimal", "For a table: the decimal mark, . or , (default: found out).", ".|,");

    private readonly Option<string?> header = Text("--header", "For a table: whether the first row names the columns (default: found out).", "yes|no");

    private readonly Option<string?> encoding = Text("--encoding", "For a table: its encoding, such as utf-8, utf-16, latin1 or windows-1252 (default: found out).", "NAME");

    private readonly Option<string?> missing = Text(
        "--missing", "For a table: values that stand for a missing one, with commas between them, besides ?, NA, NaN, null, None and their like.", "VALUE,...");

    /// <inheritdoc/>
    public string Title => "Text of a table";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [separator, decimalMark, header, encoding, missing];

    /// <summary>What the arguments say.</summary>
    public TableOptions Read(ParseResult result) => new()
    {
        Separator = Separator(result.GetValue(separator)),
        DecimalMark = One(result.GetValue(decimalMark), "--decimal", ".", ",")?[0],
        HasHeader = One(result.GetValue(header), "--header", "yes", "no") is { } answer ? answer == "yes" : null,
        Encoding = result.GetValue(encoding),
        MissingValues = result.GetValue(missing)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
    };

    private static char? Separator(string? text) => text switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        "space" => ' ',
        [',' or ';' or '|' or ':' or '\t' or ' ' or '~' or '^'] => text[0],
        _ => throw new UsageException($"--separator is '{text}': give one of , ; | : ~ ^ or tab or space"),
    };

    private static string? One(string? text, string option, string first, string second) =>
        text is null || text == first || text == second ? text : throw new UsageException($"{option} is '{text}': give {first} or {second}");

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
