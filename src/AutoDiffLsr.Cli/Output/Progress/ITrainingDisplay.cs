using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>Shows how a training goes on.</summary>
internal interface ITrainingDisplay
{
    /// <summary>Trains, and shows it.</summary>
    void Show(Action train);

    void AfterBatch(BatchReport report);

    void AfterEpoch(EpochRecord record);
}
