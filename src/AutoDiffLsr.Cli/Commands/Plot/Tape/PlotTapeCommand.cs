using System.CommandLine;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Commands.Plot.Tape;

/// <summary>The tape of a small net on two random samples: what the reverse sweep walks back over.</summary>
internal sealed class PlotTapeCommand : ToolCommand
{
    private const int Samples = 2, Features = 2, HiddenWidth = 3, Classes = 3;

    private readonly OutputFolderOption output = new("A new or empty folder for tape.svg, tape.dot and tape.mmd (default: runs/DATE-TIME-tape).");

    private readonly ForceOption force = new();

    private readonly LossOptions loss = new();

    private readonly Option<long> seed = NumberOption.Seed("--seed", "The samples and the weights are a function of this number.", 1);

    public PlotTapeCommand(CommandContext context)
        : base(context, "tape", "Draws the tape of a small net: operations, shapes, values and gradients, as SVG, Graphviz DOT and Mermaid.")
    {
        Add(output);
        Add(force);
        AddGroups(loss);
        Add(seed);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr plot tape --loss lsr --output tape",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        LossSettings settings = loss.Read(arguments);
        RandomSource random = new(arguments.GetRequiredValue(seed));
        using OutputFolder folder = OutputFolder.Prepare(arguments.GetValue(output), "tape", arguments.GetValue(force));
        TapeGraph graph = Record(settings, random);
        folder.Write("tape.svg", TapeSvg.Draw(graph));
        folder.Write("tape.dot", TapeText.Dot(graph));
        folder.Write("tape.mmd", TapeText.Mermaid(graph));
        Context.Terminal.Output.WriteLine($"{graph.Nodes.Count} entries and constants; tape.svg, tape.dot and tape.mmd are in {folder.Path}");
        return ExitCode.Done;
    }

    private static TapeGraph Record(LossSettings settings, RandomSource random)
    {
        Sequential<double> net = [new Dense<double>(Features, HiddenWidth, random), new Tanh<double>(), new Dense<double>(HiddenWidth, Classes, random)];
        using Tape<double> tape = new();
        Variable<double> x = tape.Constant(Matrix<double>.Build.Dense(Samples, Features, (_, _) => random.NextNormal()));
        return TapeGraph.Of(settings.Create(Classes).Compute(net.Forward(x), [0, 2]));
    }
}
