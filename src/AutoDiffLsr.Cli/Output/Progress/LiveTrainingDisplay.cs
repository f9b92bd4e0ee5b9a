using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Training;
using Spectre.Console;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>A line for each epoch, which stays on the screen, and a bar below them that is drawn in place.</summary>
/// <param name="screen">What a person watches.</param>
/// <param name="epochs">How many there will be.</param>
/// <param name="score">How scores are written.</param>
/// <param name="doneBefore">The share of the training that an earlier process has done: the time left is judged by the rest.</param>
internal sealed class LiveTrainingDisplay(IAnsiConsole screen, int epochs, ScoreText score, double doneBefore = 0) : ITrainingDisplay
{
    private const int WidestBar = 40, NarrowestBar = 5;
    private const char Full = '━', Empty = '·';
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);

    private readonly long start = Stopwatch.GetTimestamp();
    private LiveDisplayContext? frame;
    private long drawn;
    private bool hasLegend;

    /// <inheritdoc/>
    public void Show(Action train) => screen.Live(Bar(doneBefore, "")).AutoClear(true).Start(context =>
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
        string line = score.Line(record, epochs, screen.Profile.Width - 1);
        if (!hasLegend && line != score.Line(record, epochs))
            screen.Write(new Text(score.Legend.PadRight(screen.Profile.Width - 1) + "\n"));
        hasLegend = true;
        screen.Write(new Text(line.PadRight(screen.Profile.Width - 1) + "\n")); // over what the bar leaves of itself
        Update((double)record.Epoch / epochs, string.Create(CultureInfo.InvariantCulture, $"epoch {record.Epoch}/{epochs}"));
    }

    private void Update(double done, string text)
    {
        drawn = Stopwatch.GetTimestamp();
        frame?.UpdateTarget(Bar(done, text));
    }

    /// <summary>In one line of any width: the words are cut before the line would break, and the share stands in digits for screens without colours.</summary>
    private Markup Bar(double done, string text)
    {
        string words = $"{string.Create(CultureInfo.InvariantCulture, $"{100 * done:F0} %")}  {text}  {Left(done)}".TrimEnd();
        int room = screen.Profile.Width - 1;
        int width = Math.Clamp(room - words.Length - 1, NarrowestBar, WidestBar);
        if (words.Length > room - width - 1)
            words = words[..Math.Max(0, room - width - 1)];
        int full = (int)Math.Round(width * Math.Clamp(done, 0, 1));
        return Markup.FromInterpolated($"[green]{new string(Full, full)}[/][grey]{new string(Empty, width - full)}[/] {words}");
    }

    private string Left(double done)
    {
        double share = done - doneBefore;
        return share <= 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start) * ((1 - done) / share):m\\:ss} left");
    }
}
