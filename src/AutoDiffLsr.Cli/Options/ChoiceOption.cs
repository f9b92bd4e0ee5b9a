using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Options;

/// <summary>An option that takes one of some names. An unknown one is reported with the names that exist.</summary>
/// <typeparam name="T">What a name stands for.</typeparam>
internal sealed class ChoiceOption<T> : Option<string>, IPathOption
{
    private readonly Dictionary<string, T> values;

    public ChoiceOption(string name, string description, string? byDefault, params (string Name, T Value)[] choices)
        : base(name)
    {
        values = choices.ToDictionary(choice => choice.Name, choice => choice.Value, StringComparer.Ordinal);
        Names = [.. choices.Select(choice => choice.Name)];
        Description = description;
        HelpName = string.Join('|', Names);
        if (byDefault is not null)
            DefaultValueFactory = _ => byDefault;
        CustomParser = Parse;
        CompletionSources.Add([.. Names]);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Which texts are let through besides the names, such as those of files; none by default. <see cref="Read"/> is for the names.</summary>
    public Func<string, bool>? Others { get; init; }

    /// <inheritdoc/>
    public PathUse Use => Others is null ? PathUse.None : PathUse.Input;

    /// <summary>What a name stands for.</summary>
    public T ValueOf(string name) => values[name];

    public T Read(ParseResult result) => values[result.GetRequiredValue(this)];

    private string? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Names.FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known;
        if (Others?.Invoke(text) == true)
            return text;
        result.AddError($"{Name} is '{text}'{Spelling.Suggest(text, Names)}: choose one of {string.Join(", ", Names)}");
        return null;
    }
}
