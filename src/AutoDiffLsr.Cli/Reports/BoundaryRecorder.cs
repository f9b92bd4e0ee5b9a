using System.Globalization;
using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>A display that also draws the decision boundary before training and after each epoch.</summary>
internal sealed class BoundaryRecorder(ITrainingDisplay display, BoundaryFrames frames, Layer<float> model) : ITrainingDisplay
{
    /// <inheritdoc/>
    public void Show(Action train)
    {
        frames.Capture("start", model);
        display.Show(train);
    }

    /// <inheritdoc/>
    public void AfterBatch(BatchReport report) => display.AfterBatch(report);

    /// <inheritdoc/>
    public void AfterEpoch(EpochRecord record)
    {
        frames.Capture(string.Create(CultureInfo.InvariantCulture, $"epoch {record.Epoch}"), model);
        display.AfterEpoch(record);
    }
}
