using System.CommandLine;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Cli.Commands.Bench;

/// <summary>How fast training runs on this machine, held against what the machine can do at most.</summary>
internal sealed class BenchCommand : ToolCommand
{
    private readonly Option<double> seconds = NumberOption.Real(
        "--seconds", "How long each line is measured; the fastest moment counts.", Interval.Closed(0.001, 60), byDefault: 0.5);

    private readonly Option<int?> threads = NumberOption.OptionalWhole(
        "--threads", "The most threads that a product may use; one by default.", Interval.Closed(1, 1024));

    private readonly JsonOption json = new();

    private readonly ForceOption force = new();

    public BenchCommand(CommandContext context)
        : base(context, "bench", "Measures training steps, products and losses against this machine's limits.")
    {
        Add(seconds);
        Add(threads);
        Add(json);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr bench --seconds 1 --threads 2",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        JsonTarget target = new(arguments.GetValue(json), Context.Terminal);
        int before = Compute.Threads;
        Compute.Threads = arguments.GetValue(threads) ?? 1;
        try
        {
            BenchResult result = BenchResult.Measure(arguments.GetValue(seconds));
            target.Write(result.WriteJson);
            if (!target.IsStandardOutput)
                result.WriteText(Context.Terminal.Output);
        }
        finally
        {
            Compute.Threads = before;
        }

        return ExitCode.Done;
    }
}
