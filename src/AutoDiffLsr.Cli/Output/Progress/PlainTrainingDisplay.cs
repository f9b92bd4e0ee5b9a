using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>One line an epoch, for pipes and files.</summary>
internal sealed class PlainTrainingDisplay(Messages messages, int epochs, ScoreText score) : ITrainingDisplay
{
    /// <inheritdoc/>
    public void Show(Action train) => train();

    /// <inheritdoc/>
    public void AfterBatch(BatchReport report)
    {
    }

    /// <inheritdoc/>
    public void AfterEpoch(EpochRecord record) => messages.Line(score.Line(record, epochs));
}
