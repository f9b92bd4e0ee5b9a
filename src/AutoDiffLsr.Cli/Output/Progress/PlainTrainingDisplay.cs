using System.Globalization;
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
    public void AfterEpoch(EpochRecord record)
    {
        int width = epochs.ToString(CultureInfo.InvariantCulture).Length;
        string epoch = record.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(width);
        messages.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch}/{epochs}  train loss {record.TrainLoss:F4}  {score.Name} {score.Of(record.TrainScore)}{Watched(record)}  {record.Seconds:F2} s"));
    }

    private string Watched(EpochRecord record) => record.ValidationLoss is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"  {score.Part} loss {record.ValidationLoss:F4}  {score.Name} {score.Of(record.ValidationScore)}");
}
