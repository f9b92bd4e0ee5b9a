using Xunit;

namespace AutoDiffLsr.Tests.Cli;

public sealed class ApplicationTests
{
    [Theory]
    [InlineData("no command was given: choose one of losses, tape, features", "plot")]
    [InlineData("there is no command 'los' (did you mean 'loss'?)", "los")]
    [InlineData("loss has no option '--smoting' (did you mean '--smoothing'?)", "loss", "--smoting", "0.1")]
    [InlineData("there is no command 'trian' (did you mean 'train'?)", "trian")]
    [InlineData("--logits", "loss", "--logits")]
    [InlineData("'--logits' is required", "loss", "--labels", "0")]
    [InlineData("'more'", "loss", "more", "--logits", "x.csv", "--labels", "0")]
    [InlineData("'--labels' expects a single argument but 2", "loss", "--labels", "0", "--labels", "1", "--logits", "x.csv")]
    [InlineData("--smoothing is 'much', but must be a number in [0, 1]", "loss", "--smoothing", "much", "--logits", "x.csv", "--labels", "0")]
    [InlineData("--smoothing is 'NaN', but must be a number in [0, 1]", "loss", "--smoothing", "NaN", "--logits", "x.csv", "--labels", "0")]
    [InlineData("--smoothing is '-0.1', but must be a number in [0, 1]", "loss", "--smoothing", "-0.1", "--logits", "x.csv", "--labels", "0")]
    [InlineData("--epochs is '0', but must be a whole number in [1, 1000000]", "train", "--epochs", "0")]
    [InlineData("--epochs is '1.5', but must be a whole number", "train", "--epochs", "1.5")]
    [InlineData("--learning-rate is '0', but must be a number above 0", "train", "--learning-rate", "0")]
    [InlineData("--weight-decay is 'inf', but must be a number of at least 0", "train", "--weight-decay", "inf")]
    [InlineData("--dropout is '1', but must be a number in [0, 1)", "train", "--dropout", "1")]
    [InlineData("--test-fraction is '1', but must be a number in [0, 1)", "train", "--test-fraction", "1")]
    [InlineData("--seed is 'x', but must be a whole number", "train", "--seed", "x")]
    [InlineData("--threads is '0', but must be a whole number in [1, 1024]", "train", "--threads", "0")]
    [InlineData("--hidden is '128;64', but must be widths such as 128 or 128,64", "train", "--hidden", "128;64")]
    [InlineData("--hidden is '0', but must be widths", "train", "--hidden", "0")]
    [InlineData("--activation is 'swish': choose one of relu, leaky-relu, tanh, sigmoid, gelu, softplus", "train", "--activation", "swish")]
    [InlineData("--optimizer is 'addam' (did you mean 'adam'?): choose one of sgd, adam, adamw, rmsprop", "train", "--optimizer", "addam")]
    [InlineData("--schedule is 'cos': choose one of constant, steps, cosine", "train", "--schedule", "cos")]
    [InlineData("--loss is 'sparse-lrs' (did you mean 'sparse-lsr'?): choose one of ce, lsr, sparse-lsr, ace", "loss", "--loss", "sparse-lrs", "--logits", "x.csv", "--labels", "0")]
    public void Wrong_usage_is_one_line_and_exit_code_2(string expected, params string[] arguments) =>
        Assert.Contains(expected, CommandLine.Run(arguments).Refusal());

    [Theory]
    [InlineData]
    [InlineData("help")]
    [InlineData("help", "train")]
    [InlineData("help", "plot", "tape")]
    [InlineData("-h")]
    [InlineData("--help")]
    [InlineData("loss", "--help")]
    [InlineData("train", "--help")]
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
        CommandLine run = ToolProcess.Run(Path.GetTempPath(), "loss", "--logits", "no-such-file.csv", "--labels", "0");
        Assert.Equal("no-such-file.csv: found no such file, expected a table as text (CSV)", run.Refusal());
    }
}
