using AutoDiffLsr.Cli.Data;

namespace AutoDiffLsr.Cli.Training;

/// <summary>The data of a training.</summary>
internal sealed record DataMetrics(string Name, int TrainSamples, int TestSamples, int Features, int Classes)
{
    public static DataMetrics Of(LoadedData data) => new(data.Train.Name, data.Train.Count, data.Test.Count, data.Train.Features, data.Train.Classes);
}
