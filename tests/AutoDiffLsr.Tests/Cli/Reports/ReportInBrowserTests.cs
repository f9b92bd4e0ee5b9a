using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Reports;

/// <summary>The reports as a person meets them.</summary>
public sealed partial class ReportInBrowserTests : IDisposable
{
    private const string Look = """
        const click = (button) => button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const charts = [...document.querySelectorAll('figure.chart, figure.frames')].map(figure => {
          const box = figure.querySelector('svg').getBoundingClientRect();
          return { left: box.left, right: box.right, width: box.width, height: box.height };
        });
        const legends = [...document.querySelectorAll('figure.chart .legend')].map(legend => {
          const figure = legend.closest('figure'), button = legend.querySelector('button'), index = button.dataset.series;
          const shown = () => [...figure.querySelectorAll('svg .series-' + index)].filter(element => getComputedStyle(element).display !== 'none').length;
          const before = shown();
          click(button);
          const hidden = shown(), pressed = button.getAttribute('aria-pressed');
          click(button);
          return { before, hidden, pressed, after: shown() };
        });
        const svg = document.querySelector('figure.chart svg'), place = svg.getBoundingClientRect(), tip = svg.parentElement.querySelector('.tip');
        for (let x = 0.1; x < 1 && tip.hidden; x += 0.02)
          for (let y = 0.1; y < 1 && tip.hidden; y += 0.02)
            svg.dispatchEvent(new PointerEvent('pointermove', { clientX: place.left + x * place.width, clientY: place.top + y * place.height }));
        const slider = document.querySelector('.frames input');
        const frame = () => [...document.querySelectorAll('.frames image')].findIndex(image => image.style.display !== 'none');
        let frames = null;
        if (slider) {
          const last = frame();
          slider.value = 0;
          slider.dispatchEvent(new Event('input'));
          frames = [last, frame(), document.querySelectorAll('.frames image').length];
        }
        return { window: innerWidth, page: document.documentElement.scrollWidth, charts, legends, tip: tip.textContent, frames };
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(400)]
    [InlineData(1400)]
    public void The_report_of_a_training_is_whole(int width)
    {
        string browser = Browser.Require();
        Assert.Equal(0, CommandLine.Run("train", "--data", "moons", "--hidden", "8", "--epochs", "3", "--quiet", "--output", folder["run"]).ExitCode);
        JsonElement seen = Check(browser, Path.Combine(folder["run"], "report.html"), width, charts: 7, legends: 4);
        int[] frames = [.. seen.GetProperty("frames").EnumerateArray().Select(frame => frame.GetInt32())];
        Assert.Equal([4, 0, 5], frames); // start, three epochs and the end
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1400)]
    public void The_report_of_a_comparison_is_whole(int width)
    {
        string browser = Browser.Require();
        string[] arguments = ["compare", "--data", "blobs", "--hidden", "8", "--epochs", "3", "--losses", "ce,lsr", "--label-noise", "0,0.2", "--seeds", "2", "--train-size", "100"];
        Assert.Equal(0, CommandLine.Run([.. arguments, "--quiet", "--output", folder["run"]]).ExitCode);
        Check(browser, Path.Combine(folder["run"], "report.html"), width, charts: 7, legends: 7);
    }

    [Theory]
    [InlineData(400, "blobs", 6)]
    [InlineData(1400, "blobs", 6)]
    public void The_report_of_a_search_is_whole(int width, string data, int charts)
    {
        string browser = Browser.Require();
        string[] arguments = ["search", "--data", data, "--rows", "90", "--hidden", "8", "--population", "6", "--generations", "3", "--steps", "30", "--meta-steps", "5", "--seeds", "2", "--tuning-runs", "3"];
        Assert.Equal(0, CommandLine.Run([.. arguments, "--quiet", "--output", folder["run"]]).ExitCode);
        Check(browser, Path.Combine(folder["run"], "report.html"), width, charts, legends: charts);
    }

    private static JsonElement Check(string browser, string file, int width, int charts, int legends)
    {
        string html = File.ReadAllText(file);
        Assert.DoesNotMatch(Outside(), html);
        (JsonElement seen, string[] errors) = Browser.Open(browser, html, width, Look);
        Assert.Empty(errors);
        Assert.Equal(width, seen.GetProperty("window").GetInt32());
        Assert.True(seen.GetProperty("page").GetInt32() <= width, "The page is wider than the window.");
        Assert.Equal(charts, seen.GetProperty("charts").GetArrayLength());
        Assert.All(seen.GetProperty("charts").EnumerateArray(), chart =>
        {
            Assert.InRange(chart.GetProperty("left").GetDouble(), 0, width);
            Assert.InRange(chart.GetProperty("right").GetDouble(), 0, width);
            Assert.InRange(chart.GetProperty("width").GetDouble(), 280, width);
            Assert.InRange(chart.GetProperty("height").GetDouble(), 180, 1000);
        });
        Assert.Equal(legends, seen.GetProperty("legends").GetArrayLength());
        Assert.All(seen.GetProperty("legends").EnumerateArray(), legend =>
        {
            int before = legend.GetProperty("before").GetInt32();
            Assert.True(before > 0, "A series of a legend is not drawn.");
            Assert.Equal((0, "false", before), (legend.GetProperty("hidden").GetInt32(), legend.GetProperty("pressed").GetString(), legend.GetProperty("after").GetInt32()));
        });
        Assert.Matches(@"^.+: -?[\d.e+-]+, -?[\d.e+-]+$", seen.GetProperty("tip").GetString()!);
        return seen;
    }

    /// <summary>Anything that a browser would fetch.</summary>
    [GeneratedRegex("""(?:src|href)="(?!data:)|url\((?!#)|@import""")]
    private static partial Regex Outside();
}
