using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Options that take a number. An invalid value is reported with the option, the text and the allowed range.</summary>
internal static class NumberOption
{
    /// <summary>A number with a fixed default.</summary>
    public static Option<double> Real(string name, string description, Interval interval, double byDefault) => new(name)
    {
        Description = description,
        HelpName = "F",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse<double>(result, name, "a number", interval) ?? byDefault,
    };

    /// <summary>A number whose default depends on others: null when it is not given.</summary>
    public static Option<double?> OptionalReal(string name, string description, Interval interval) => new(name)
    {
        Description = description,
        HelpName = "F",
        CustomParser = result => Parse<double>(result, name, "a number", interval),
    };

    /// <summary>A whole number whose default depends on others: null when it is not given.</summary>
    public static Option<int?> OptionalWhole(string name, string description, Interval interval) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse<int>(result, name, "a whole number", interval),
    };

    /// <summary>Any whole number, with a fixed default.</summary>
    public static Option<long> Seed(string name, string description, long byDefault) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse<long>(result, name, "a whole number", Interval.Closed(long.MinValue, long.MaxValue)) ?? byDefault,
    };

    private static T? Parse<T>(ArgumentResult result, string name, string kind, Interval interval)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && interval.Contains(double.CreateChecked(value)))
            return value;
        string where = interval.Low == long.MinValue ? "" : $" {interval}";
        result.AddError($"{name} is '{text}', but must be {kind}{where}");
        return null;
    }
}
