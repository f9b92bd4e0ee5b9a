namespace AutoDiffLsr.Cli.Figures;

/// <summary>A drawn chart, and where its values are in it.</summary>
internal sealed record PlacedChart(string Svg, Chart Chart, double Left, double Top, double Width, double Height, AxisPlace X, AxisPlace Y);
