using System.Globalization;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>One line an epoch, for pipes and files.</summary>
internal sealed class PlainTrainingDisplay(Messages messages, int epochs) : ITrainingDisplay
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
            $"epoch {epoch}/{epochs}  train loss {record.TrainLoss:F4}  accuracy {record.TrainScore:P2}  test loss {record.ValidationLoss:F4}  accuracy {record.ValidationScore:P2}  {record.Seconds:F2} s"));
    }
}
