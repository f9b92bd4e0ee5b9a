using Spectre.Console;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>One bar for the whole grid with the time that is left, and the last finished run behind it.</summary>
internal sealed class LiveComparisonDisplay(IAnsiConsole screen, int cells, int finishedBefore) : IComparisonDisplay
{
    private readonly Lock writing = new();
    private ProgressTask? bar;
    private int finished = finishedBefore;

    /// <inheritdoc/>
    public void Show(Action compare) => screen.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context =>
        {
            bar = context.AddTask($"{finished}/{cells}", maxValue: cells);
            bar.Value = finished;
            compare();
        });

    /// <inheritdoc/>
    public void Advance(double share)
    {
        lock (writing)
            bar?.Increment(share);
    }

    /// <inheritdoc/>
    public void Finish(ComparisonCell cell, CellResult result)
    {
        lock (writing)
        {
            finished++;
            if (bar is not null)
                bar.Description = Markup.Escape($"{finished}/{cells}  {ComparisonText.Line(cell, result)}");
        }
    }
}
