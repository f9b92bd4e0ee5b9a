namespace AutoDiffLsr.Cli.Figures;

/// <summary>One thing in a chart, with a name in its legend.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="X">Places; for bars their middles.</param>
/// <param name="Y">Values; a value that is not finite leaves a gap.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    public SeriesKind Kind { get; init; } = SeriesKind.Line;

    /// <summary>See <see cref="Palette"/>; the place in the chart where null.</summary>
    public string? Colour { get; init; }

    public bool IsDashed { get; init; }

    /// <summary>Whether a line also marks its points.</summary>
    public bool HasMarkers { get; init; }

    /// <summary>For bars: their width on the x-axis.</summary>
    public double BarWidth { get; init; }

    /// <summary>A word that is written at the middle of the points.</summary>
    public string? Label { get; init; }
}
