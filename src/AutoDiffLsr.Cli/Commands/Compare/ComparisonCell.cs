using System.Globalization;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>One training of the grid.</summary>
/// <param name="Variant">The loss.</param>
/// <param name="LabelNoise">The share of wrong training labels.</param>
/// <param name="Seed">Weights, batches, the part of the training data and its wrong labels are a function of this number: the same for every loss.</param>
internal sealed record ComparisonCell(LossVariant Variant, double LabelNoise, long Seed)
{
    /// <summary>For people.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Variant.Name}, label noise {LabelNoise}, seed {Seed}");

    /// <summary>For its file.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Variant.Name.Replace(' ', '-').Replace(':', '-')}_noise-{LabelNoise}_seed-{Seed}.json");
}
