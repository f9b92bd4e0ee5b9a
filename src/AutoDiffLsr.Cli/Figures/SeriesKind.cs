namespace AutoDiffLsr.Cli.Figures;

/// <summary>How a series is drawn.</summary>
internal enum SeriesKind
{
    Line,
    Points,
    Bars,
}
