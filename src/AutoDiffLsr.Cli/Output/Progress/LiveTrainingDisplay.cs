using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>A table of the last epochs and a bar, drawn in place, for a screen.</summary>
internal sealed class LiveTrainingDisplay(IAnsiConsole screen, int epochs, ScoreText score) : ITrainingDisplay
{
    private const int RowsShown = 12;
    private const int BarWidth = 40;
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);

    private readonly Queue<EpochRecord> shown = new();
    private readonly long start = Stopwatch.GetTimestamp();
    private LiveDisplayContext? frame;
    private long drawn;

    /// <inheritdoc/>
    public void Show(Action train) => screen.Live(Draw(0, "")).Start(context =>
    {
        frame = context;
        train();
    });

    /// <inheritdoc/>
    public void AfterBatch(BatchReport report)
    {
        if (Stopwatch.GetElapsedTime(drawn) < BetweenFrames)
            return;
        double done = (report.Epoch - 1 + ((double)report.Batch / report.Batches)) / epochs;
        Update(done, string.Create(CultureInfo.InvariantCulture, $"epoch {report.Epoch}/{epochs}  batch {report.Batch}/{report.Batches}  loss {report.Loss:F4}"));
    }

    /// <inheritdoc/>
    public void AfterEpoch(EpochRecord record)
    {
        shown.Enqueue(record);
        if (shown.Count > RowsShown)
            shown.Dequeue();
        Update((double)record.Epoch / epochs, string.Create(CultureInfo.InvariantCulture, $"epoch {record.Epoch}/{epochs}"));
    }

    private void Update(double done, string text)
    {
        drawn = Stopwatch.GetTimestamp();
        frame?.UpdateTarget(Draw(done, text));
    }

    private Rows Draw(double done, string text)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns(
            [.. new[] { "epoch", "rate", "train loss", score.Name, $"{score.Part} loss", $"{score.Part} {score.Name}", "seconds" }.Select(title => new TableColumn(title).RightAligned())]);
        foreach (EpochRecord record in shown)
            table.AddRow(Cells(record));
        return new Rows(table, Bar(done, text));
    }

    private IRenderable[] Cells(EpochRecord record)
    {
        FormattableString[] cells =
        [
            $"{record.Epoch}", $"{record.LearningRate:G3}", $"{record.TrainLoss:F4}", $"{score.Of(record.TrainScore)}",
            $"{record.ValidationLoss:F4}", $"{score.Of(record.ValidationScore)}", $"{record.Seconds:F2}",
        ];
        return [.. cells.Select(cell => new Text(FormattableString.Invariant(cell)))];
    }

    private Markup Bar(double done, string text)
    {
        int full = (int)Math.Round(BarWidth * done);
        TimeSpan spent = Stopwatch.GetElapsedTime(start);
        string left = done > 0 ? string.Create(CultureInfo.InvariantCulture, $"{spent * ((1 - done) / done):m\\:ss} left") : "";
        return Markup.FromInterpolated($"[green]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/] {text}  {left}");
    }
}
