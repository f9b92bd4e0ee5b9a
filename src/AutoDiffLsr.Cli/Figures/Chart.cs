namespace AutoDiffLsr.Cli.Figures;

/// <summary>What a chart shows; <see cref="ChartSvg"/> draws it.</summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn, the first at the back.</param>
internal sealed record Chart(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Whether both axes have the same scale.</summary>
    public bool IsSquare { get; init; }

    /// <summary>The colour of a series: a name of <see cref="Palette"/>.</summary>
    public string ColourOf(int series) => Series[series].Colour ?? Palette.Category(series);
}
