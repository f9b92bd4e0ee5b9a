namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A drawn chart of a cell, kept so that a resumed comparison can show it.</summary>
/// <param name="Title">The chart's title.</param>
/// <param name="XTitle">What its horizontal axis shows.</param>
/// <param name="YTitle">What its vertical axis shows.</param>
/// <param name="HidesNumbers">Whether its axes have no numbers.</param>
/// <param name="Series">Its points.</param>
internal sealed record CellFeatures(string Title, string XTitle, string YTitle, bool HidesNumbers, IReadOnlyList<CellFeatureSeries> Series);
