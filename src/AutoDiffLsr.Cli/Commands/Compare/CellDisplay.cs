using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>Tells the display of the comparison how far one training is.</summary>
internal sealed class CellDisplay(Action<double>? advance, int epochs) : ITrainingDisplay
{
    private double told;

    /// <inheritdoc/>
    public void Show(Action train) => train();

    /// <inheritdoc/>
    public void AfterBatch(BatchReport report)
    {
        if (report.Batch % 50 == 0)
            Tell((report.Epoch - 1 + ((double)report.Batch / report.Batches)) / epochs);
    }

    /// <inheritdoc/>
    public void AfterEpoch(EpochRecord record) => Tell((double)record.Epoch / epochs);

    private void Tell(double done)
    {
        advance?.Invoke(done - told);
        told = done;
    }
}
