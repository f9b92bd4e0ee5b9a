namespace AutoDiffLsr.Cli.Training;

/// <summary>The errors of one of several targets, in its own unit.</summary>
internal sealed record TargetScores(string Name, double Rmse, double Mae, double R2);
