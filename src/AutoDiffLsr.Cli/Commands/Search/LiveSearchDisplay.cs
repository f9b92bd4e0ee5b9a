using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Experiments.Search;
using Spectre.Console;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>A bar over the generations with the time that is left, and below it the best loss and how fast losses are judged, for a screen.</summary>
internal sealed class LiveSearchDisplay(IAnsiConsole screen, int generations, int population) : ISearchDisplay
{
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(200);

    private readonly Lock writing = new();
    private readonly long start = Stopwatch.GetTimestamp();
    private LiveDisplayContext? frame;
    private GenerationRecord? last;
    private long drawn;
    private int cells, cellsThisGeneration;

    /// <inheritdoc/>
    public void Show(Action search) => screen.Live(Draw()).Start(context =>
    {
        frame = context;
        search();
    });

    /// <inheritdoc/>
    public void AfterGeneration(GenerationRecord record)
    {
        lock (writing)
        {
            (last, cellsThisGeneration) = (record, 0);
            Update();
        }
    }

    /// <inheritdoc/>
    public void AfterCell()
    {
        lock (writing)
        {
            cells++;
            cellsThisGeneration++;
            if (Stopwatch.GetElapsedTime(drawn) >= BetweenFrames)
                Update();
        }
    }

    private void Update()
    {
        drawn = Stopwatch.GetTimestamp();
        frame?.UpdateTarget(Draw());
    }

    private Rows Draw()
    {
        int done = last?.Generation ?? 0;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, share = Math.Min(1, (done + (0.5 * Math.Min(2, (double)cellsThisGeneration / population))) / generations);
        string left = share > 0.01 && cells > 0 ? TimeSpan.FromSeconds(seconds * (1 - share) / share).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "?";
        int filled = (int)(40 * share);
        return new Rows(
            new Markup($"[green]{new string('━', filled)}[/][grey]{new string('━', 40 - filled)}[/]"),
            new Text(string.Create(CultureInfo.InvariantCulture, $"generation {Math.Min(done + 1, generations)}/{generations}   {(seconds > 0 ? cells / seconds : 0):0.0} results/s   time left {left}")),
            new Text(last is null ? "" : SearchText.Line(last)));
    }
}
