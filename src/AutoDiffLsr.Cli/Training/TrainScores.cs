namespace AutoDiffLsr.Cli.Training;

/// <summary>How the trained net does on the training part, in evaluation mode.</summary>
internal sealed record TrainScores(double Loss, double Accuracy);
