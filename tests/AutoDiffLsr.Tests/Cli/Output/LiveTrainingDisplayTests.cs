using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Spectre.Console;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Output;

public sealed class LiveTrainingDisplayTests
{
    [Theory]
    [InlineData(100, "epoch  9/20  train loss 0.5000  accuracy 87.50 %  test loss 0.6250  test accuracy 75.00 %  1.50 s")]
    [InlineData(80, "epoch 9/20  train 0.5000 87.50 %  test 0.6250 75.00 %  1.50 s")]
    [InlineData(50, "9/20  0.5000 87.50 %  0.6250 75.00 %")]
    public void An_epoch_is_a_line_at_any_width(int width, string expected) =>
        Assert.Equal(expected, new ScoreText(false, "test").Line(new EpochRecord(9, 0.5, 0.875, 0.625, 0.75, 0.05, 1.5), 20, width));

    [Fact]
    public void A_terminal_keeps_every_epoch_in_its_scrollback_and_breaks_no_line_with_and_without_colours()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tmux"), "There is no tmux here.");
        using TemporaryFolder folder = new();
        string tool = Path.Combine(AppContext.BaseDirectory, "autodiff-lsr.dll");
        foreach ((int width, string environment) in new[] { (80, "NO_COLOR=1"), (50, "TERM=dumb"), (50, "COLORTERM=") })
        {
            string output = $"run-{width}-{environment[..2]}";
            string[] lines = Capture(folder.Path, width, $"env {environment} dotnet exec '{tool}' train --data blobs --hidden none --epochs 30 --output {output}; echo finished");
            string[] epochs = [.. lines.Select(line => System.Text.RegularExpressions.Regex.Match(line, @"^(epoch +)?(\d+)/30 ").Groups[2].Value).Where(epoch => epoch.Length > 0)];
            Assert.Equal(Enumerable.Range(1, 30).Select(epoch => epoch.ToString(System.Globalization.CultureInfo.InvariantCulture)), epochs);
            Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal) || line.Contains('━', StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_bar_has_its_share_in_digits_fits_the_width_and_judges_the_time_left_by_what_is_done_here()
    {
        using StringWriter written = new();
        IAnsiConsole screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes });
        screen.Profile.Width = 50;
        LiveTrainingDisplay display = new(screen, epochs: 10, new ScoreText(false, "test"), doneBefore: 0.8);
        display.Show(() =>
        {
            Thread.Sleep(1100);
            display.AfterEpoch(new EpochRecord(9, 0.5, 0.875, 0.625, 0.75, 0.05, 1.5));
        });
        string text = written.ToString();
        Assert.Contains("90 %  epoch 9/10", text, StringComparison.Ordinal);
        Assert.Matches("0:0[1-4] left", text); // a tenth took over a second here, and a tenth is left
        Assert.Contains("·", text, StringComparison.Ordinal);
        Assert.All(System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;?]*[a-zA-Z]", "").Split('\n', '\r'), line => Assert.True(line.Length <= 50, line));
    }

    [Fact]
    public void A_screen_shows_the_epochs_in_lines_and_a_bar()
    {
        using StringWriter written = new();
        IAnsiConsole screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(written),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
        });
        screen.Profile.Width = 100;
        LiveTrainingDisplay display = new(screen, epochs: 2, new ScoreText(false, "test"));
        display.Show(() =>
        {
            display.AfterBatch(new BatchReport(1, 5, 10, 16, 0.75, 0.1));
            display.AfterEpoch(new EpochRecord(1, 0.5, 0.875, 0.625, 0.75, 0.05, 1.5));
            display.AfterEpoch(new EpochRecord(2, 0.25, 1, 0.5, 0.8125, 0.01, 1.5));
        });
        string text = written.ToString();
        Assert.Contains("batch 5/10", text);
        Assert.Contains("loss 0.7500", text);
        Assert.Contains("81.25 %", text);
        Assert.Contains("epoch 2/2", text);
        Assert.True(text.IndexOf("epoch 2/2", StringComparison.Ordinal) > text.IndexOf("batch 5/10", StringComparison.Ordinal));
    }

    /// <summary>All that a terminal of this width has shown, its scrollback too.</summary>
    private static string[] Capture(string folder, int width, string command)
    {
        string socket = Path.Combine(folder, Guid.NewGuid().ToString("N")[..8]); // one of its own: a server that was told to end still answers for a moment
        Tmux(socket, "-f", "/dev/null", "new-session", "-d", "-x", width.ToString(System.Globalization.CultureInfo.InvariantCulture), "-y", "24", "-c", folder, $"{command}; sleep 60");
        try
        {
            string text = "";
            for (int attempt = 0; attempt < 400; attempt++)
            {
                text = Tmux(socket, "capture-pane", "-p", "-S", "-");
                if (text.Contains("finished\n", StringComparison.Ordinal))
                    return text.Split('\n');
                Thread.Sleep(100);
            }

            throw new TimeoutException($"The tool did not end in the terminal:\n{text}");
        }
        finally
        {
            Tmux(socket, "kill-server");
        }
    }

    private static string Tmux(string socket, params string[] arguments)
    {
        using System.Diagnostics.Process tmux = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("tmux", ["-S", socket, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = tmux.StandardOutput.ReadToEnd();
        tmux.WaitForExit();
        return output;
    }
}
