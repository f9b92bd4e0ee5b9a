using AutoDiffLsr.Cli.Output;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A line for each finished run, for pipes and files.</summary>
internal sealed class PlainComparisonDisplay(Messages messages, int cells, int finishedBefore) : IComparisonDisplay
{
    private readonly Lock writing = new();
    private int finished = finishedBefore;

    /// <inheritdoc/>
    public void Show(Action compare) => compare();

    /// <inheritdoc/>
    public void Advance(double share)
    {
        // Lines tell of whole runs only.
    }

    /// <inheritdoc/>
    public void Finish(ComparisonCell cell, CellResult result)
    {
        lock (writing)
            messages.Line($"[{++finished}/{cells}] {ComparisonText.Line(cell, result)}");
    }
}
