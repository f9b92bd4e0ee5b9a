using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>Shows nothing: for trainings of which only the result counts.</summary>
internal sealed class SilentDisplay : ITrainingDisplay
{
    public static SilentDisplay Instance { get; } = new();

    /// <inheritdoc/>
    public void Show(Action train) => train();

    /// <inheritdoc/>
    public void AfterBatch(BatchReport report)
    {
    }

    /// <inheritdoc/>
    public void AfterEpoch(EpochRecord record)
    {
    }
}
