namespace AutoDiffLsr.Cli.Figures;

/// <summary>An axis of a chart.</summary>
/// <param name="Title">What it shows, with its unit.</param>
internal sealed record ChartAxis(string Title)
{
    public bool IsLogarithmic { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Whether the numbers mean nothing and are not shown, as in a t-SNE.</summary>
    public bool HidesNumbers { get; init; }
}
