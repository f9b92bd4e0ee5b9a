using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Training;
using Spectre.Console;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Output;

public sealed class LiveTrainingDisplayTests
{
    [Fact]
    public void A_screen_shows_the_epochs_in_a_table_and_a_bar()
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
}
