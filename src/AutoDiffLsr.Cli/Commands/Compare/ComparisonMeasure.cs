using System.Globalization;
using AutoDiffLsr.Experiments;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A column of the comparison.</summary>
/// <param name="Key">Its name in CSV and JSON; numbers there are plain shares, nats and seconds.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Scale">What people see is the number times this.</param>
/// <param name="Format">The format string.</param>
/// <param name="Of">The number.</param>
/// <param name="IsCompared">Whether differences from the first loss are shown.</param>
internal sealed record ComparisonMeasure(string Key, string Title, double Scale, string Format, Func<RunMeasures, double> Of, bool IsCompared)
{
    public static IReadOnlyList<ComparisonMeasure> All { get; } =
    [
        new("test_error", "test error, %", 100, "0.00", measures => measures.TestError, true),
        new("test_nll", "test NLL", 1, "0.0000", measures => measures.TestNll, true),
        new("test_ece", "test ECE", 1, "0.0000", measures => measures.TestCalibrationError, true),
        new("train_target_probability", "train p(label)", 1, "0.0000", measures => measures.TargetProbability, false),
        new("train_margin", "train margin", 1, "0.00", measures => measures.Margin, false),
        new("train_saturated_share", "train saturated, %", 100, "0.00", measures => measures.SaturatedShare, false),
        new("train_non_target_divergence", "train KL(u‖q)", 1, "0.00", measures => measures.NonTargetDivergence, false),
        new("seconds", "seconds", 1, "0.0", measures => measures.Seconds, false),
    ];

    /// <summary>"2.31 ± 0.05".</summary>
    public string Text(SampleSummary summary) => double.IsNaN(summary.Deviation) ? Number(summary.Mean) : $"{Number(summary.Mean)} ± {Number(summary.Deviation)}";

    /// <summary>"-0.31 [-0.40, -0.22]"; without the interval where there are too few pairs for one.</summary>
    public string Text(PairedDifference difference) => !difference.HasInterval ? Signed(difference.Mean) : $"{Signed(difference.Mean)} [{Signed(difference.Low)}, {Signed(difference.High)}]";

    private string Number(double value) => (Scale * value).ToString(Format, CultureInfo.InvariantCulture);

    private string Signed(double value) => (Scale * value).ToString($"+{Format};-{Format};{Format}", CultureInfo.InvariantCulture);
}
