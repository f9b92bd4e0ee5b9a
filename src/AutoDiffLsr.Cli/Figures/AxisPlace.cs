using OxyPlot.Axes;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>What a drawn axis reaches over.</summary>
internal sealed record AxisPlace(double Minimum, double Maximum, bool IsLogarithmic)
{
    public AxisPlace(Axis axis)
        : this(axis.ActualMinimum, axis.ActualMaximum, axis is LogarithmicAxis)
    {
    }
}
