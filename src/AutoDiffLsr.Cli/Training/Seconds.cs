namespace AutoDiffLsr.Cli.Training;

/// <summary>Where the time went.</summary>
/// <param name="Load">Loading and preparing the data.</param>
/// <param name="Train">The steps.</param>
/// <param name="Evaluate">The evaluations, after each epoch and at the end.</param>
internal sealed record Seconds(double Load, double Train, double Evaluate);
