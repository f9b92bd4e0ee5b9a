using AutoDiffLsr.Experiments;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A finished training, as its file keeps it.</summary>
/// <param name="Settings">All that the training is a function of: a file with other settings belongs to another comparison.</param>
/// <param name="Loss">The loss's name.</param>
/// <param name="Smoothing">Its smoothing, 0 where it has none.</param>
/// <param name="LabelNoise">The share of wrong training labels.</param>
/// <param name="Measures">What it came to; null if it diverged.</param>
/// <param name="Failure">Why it diverged; null if it did not.</param>
/// <param name="TestErrors">The share of wrong test predictions after each epoch.</param>
/// <param name="Features">Pictures of its features, for the first seed.</param>
/// <param name="FeatureCaption">What is said about them.</param>
internal sealed record CellResult(
    string Settings,
    string Loss,
    double Smoothing,
    double LabelNoise,
    long Seed,
    RunMeasures? Measures,
    string? Failure,
    IReadOnlyList<double> TestErrors,
    IReadOnlyList<CellFeatures> Features,
    string? FeatureCaption)
{
    /// <summary>Where it was computed; null in files of older versions.</summary>
    public string? Processor { get; init; }
}
