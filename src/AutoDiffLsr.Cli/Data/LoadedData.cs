using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Data;

/// <summary>Data that is ready for a net.</summary>
/// <param name="Split">The two parts, standardized where <paramref name="Standardization"/> is there.</param>
/// <param name="Standardization">What was done to the features, to be done to new samples as well; null for grey images, whose pixels are in [0, 1].</param>
internal sealed record LoadedData(TrainTestSplit<float> Split, Standardization<float>? Standardization)
{
    public Dataset<float> Train => Split.Train;

    public Dataset<float> Test => Split.Test;
}
