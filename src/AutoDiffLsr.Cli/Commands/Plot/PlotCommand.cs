using System.CommandLine;
using AutoDiffLsr.Cli.Commands.Plot.Features;
using AutoDiffLsr.Cli.Commands.Plot.Losses;
using AutoDiffLsr.Cli.Commands.Plot.Tape;

namespace AutoDiffLsr.Cli.Commands.Plot;

/// <summary>The commands that draw.</summary>
internal sealed class PlotCommand : Command
{
    public PlotCommand(CommandContext context)
        : base("plot", "Draws the losses, the tape of a small net, or what a trained net sees.")
    {
        Add(new PlotLossesCommand(context));
        Add(new PlotTapeCommand(context));
        Add(new PlotFeaturesCommand(context));
    }
}
