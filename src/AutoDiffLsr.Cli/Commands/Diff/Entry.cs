using System.Globalization;

namespace AutoDiffLsr.Cli.Commands.Diff;

/// <summary>A thing that two runs have, and what it is in each; null where one of them lacks it.</summary>
internal sealed record Entry(string Name, string? A, string? B)
{
    public double? NumberA { get; init; }

    public double? NumberB { get; init; }

    /// <summary>By how much the second number is larger; null where the two are no numbers.</summary>
    public string? Change => NumberA is { } a && NumberB is { } b ? (b - a).ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture) : null;

    public static Entry OfNumbers(string name, double? a, double? b) => new(name, Text(a), Text(b)) { NumberA = a, NumberB = b };

    private static string? Text(double? number) => number?.ToString("G6", CultureInfo.InvariantCulture);
}
