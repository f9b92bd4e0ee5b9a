using AutoDiffLsr.Cli.Data;

namespace AutoDiffLsr.Cli.Training;

/// <summary>The data of a training; classes are null for a regression, and notes say what was found out about a table.</summary>
internal sealed record DataMetrics(string Name, int TrainSamples, int ValidationSamples, int TestSamples, int Features, int? Classes, IReadOnlyList<string> Notes)
{
    public static DataMetrics Of(LoadedData data) => new(
        data.Train.Name, data.Train.Count, data.Validation?.Count ?? 0, data.Test?.Count ?? 0, data.Train.Features, data.IsRegression ? null : data.Train.Classes, data.Notes);
}
