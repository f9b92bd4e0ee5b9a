namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>The points of one class.</summary>
internal sealed record CellFeatureSeries(string Name, string Colour, IReadOnlyList<float> X, IReadOnlyList<float> Y);
