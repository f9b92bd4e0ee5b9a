using Xunit;

namespace AutoDiffLsr.Tests.Cli;

public sealed class ApplicationTests
{
    [Theory]
    [InlineData("no command was given: choose one of loss")]
    [InlineData("there is no command 'los' (did you mean 'loss'?)", "los")]
    [InlineData("loss has no option '--smoting' (did you mean '--smoothing'?)", "loss", "--smoting", "0.1")]
    [InlineData("--logits", "loss", "--logits")]
    [InlineData("'--logits' is required", "loss", "--labels", "0")]
    [InlineData("'more'", "loss", "more", "--logits", "x.csv", "--labels", "0")]
    [InlineData("'--labels' expects a single argument but 2", "loss", "--labels", "0", "--labels", "1", "--logits", "x.csv")]
    [InlineData("--smoothing is 'much', but must be a number in [0, 1]", "loss", "--smoothing", "much", "--logits", "x.csv", "--labels", "0")]
    [InlineData("--smoothing is 'NaN', but must be a number in [0, 1]", "loss", "--smoothing", "NaN", "--logits", "x.csv", "--labels", "0")]
    [InlineData("--smoothing is '-0.1', but must be a number in [0, 1]", "loss", "--smoothing", "-0.1", "--logits", "x.csv", "--labels", "0")]
    [InlineData("--loss is 'sparse-lrs' (did you mean 'sparse-lsr'?): choose one of ce, lsr, sparse-lsr, ace", "loss", "--loss", "sparse-lrs", "--logits", "x.csv", "--labels", "0")]
    public void Wrong_usage_is_one_line_and_exit_code_2(string expected, params string[] arguments) =>
        Assert.Contains(expected, CommandLine.Run(arguments).Refusal());

    [Theory]
    [InlineData("--help")]
    [InlineData("loss", "--help")]
    [InlineData("--version")]
    public void Help_goes_to_standard_output(params string[] arguments)
    {
        CommandLine run = CommandLine.Run(arguments);
        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Control_characters_of_an_argument_do_not_reach_the_screen() =>
        Assert.Contains("\\u001b[31m\\u000ared", CommandLine.Run("loss", "--logits", "\e[31m\nred", "--labels", "0").Refusal());

    [Fact]
    public void The_process_ends_with_the_exit_code()
    {
        CommandLine run = ToolProcess.Run("loss", "--logits", "no-such-file.csv", "--labels", "0");
        Assert.Equal("no-such-file.csv: found no such file, expected a CSV file", run.Refusal());
    }
}
