using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Options that take numbers with commas between them. An invalid one is reported with the option, the text and the allowed range.</summary>
internal static class NumberListOption
{
    /// <summary>Numbers, in the order given and each once.</summary>
    public static Option<IReadOnlyList<double>> Reals(string name, string description, Interval interval, IReadOnlyList<double> byDefault) =>
        Create(name, description, "F,F,...", "a number", interval, byDefault);

    /// <summary>Whole numbers, in the order given and each once.</summary>
    public static Option<IReadOnlyList<int>> Wholes(string name, string description, Interval interval, IReadOnlyList<int> byDefault) =>
        Create(name, description, "N,N,...", "a whole number", interval, byDefault);

    private static Option<IReadOnlyList<T>> Create<T>(
        string name, string description, string help, string kind, Interval interval, IReadOnlyList<T> byDefault)
        where T : struct, INumber<T> => new(name)
        {
            Description = $"{description} (default: {string.Join(',', byDefault.Select(value => value.ToString(null, CultureInfo.InvariantCulture)))}).",
            HelpName = help,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Parse<T>(result, name, kind, interval),
        };

    private static List<T> Parse<T>(ArgumentResult result, string name, string kind, Interval interval)
        where T : struct, INumber<T>
    {
        List<T> values = [];
        foreach (string text in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) || !interval.Contains(double.CreateChecked(value)))
            {
                result.AddError($"{name} has '{text}', but each of its numbers must be {kind} {interval}");
                return values;
            }

            if (!values.Contains(value))
                values.Add(value);
        }

        return values;
    }
}
