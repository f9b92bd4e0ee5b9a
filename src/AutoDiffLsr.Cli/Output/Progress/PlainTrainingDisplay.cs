using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>One line an epoch, for pipes, files and terminals that cannot move their cursor.</summary>
internal sealed class PlainTrainingDisplay(Messages messages, int epochs, ScoreText score) : ITrainingDisplay
{
    private bool hasLegend;

    /// <inheritdoc/>
    public void Show(Action train) => train();

    /// <inheritdoc/>
    public void AfterBatch(BatchReport report)
    {
    }

    /// <inheritdoc/>
    public void AfterEpoch(EpochRecord record)
    {
        string line = score.Line(record, epochs, messages.Width);
        if (!hasLegend && line != score.Line(record, epochs))
            messages.Line(score.Legend);
        hasLegend = true;
        messages.Line(line);
    }
}
