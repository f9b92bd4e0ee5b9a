namespace AutoDiffLsr.Cli.Training;

/// <summary>How the trained net does on the test part.</summary>
/// <param name="Loss">The mean of the loss that it was trained on.</param>
/// <param name="Accuracy">The share of right predictions, in [0, 1].</param>
/// <param name="Nll">The mean of -ln p(label), in nats.</param>
/// <param name="Ece">Expected calibration error, 15 bins.</param>
internal sealed record TestScores(double Loss, double Accuracy, double Nll, double Ece);
