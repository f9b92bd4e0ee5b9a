using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Data;

/// <summary>Data that is ready for a net.</summary>
/// <param name="Train">What is trained on, standardised where <paramref name="Standardization"/> is there.</param>
/// <param name="Test">What is tested on, or null.</param>
/// <param name="Standardization">What was done to the features, to be done to new samples as well; null for grey images, whose pixels are in [0, 1].</param>
internal sealed record LoadedData(Dataset<float> Train, Dataset<float>? Test, Standardization<float>? Standardization)
{
    /// <summary>What training is watched with where it is not the test part; null otherwise.</summary>
    public Dataset<float>? Validation { get; init; }

    /// <summary>How a table's rows became features; null for other data.</summary>
    public TableEncoder? Encoder { get; init; }

    /// <summary>What was found out about a table, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What training is watched with after each epoch.</summary>
    public Dataset<float>? Watched => Validation ?? Test;

    public bool IsRegression => Train.Targets.Kind == TargetKind.Numbers;

    /// <summary>The units of the targets of a regression.</summary>
    public IReadOnlyList<TargetScale> Scales => Encoder?.TargetScales ?? [];

    /// <summary>The outputs that a net needs.</summary>
    public int Outputs => Train.Targets.Columns;

    /// <summary>"3 classes", "a number".</summary>
    public string TargetText => IsRegression ? Train.Targets.ToString() : $"{Train.Classes} classes";
}
