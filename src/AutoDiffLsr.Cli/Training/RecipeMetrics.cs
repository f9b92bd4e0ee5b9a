namespace AutoDiffLsr.Cli.Training;

/// <summary>A setting that was tried on held-back parts of the training data.</summary>
/// <param name="Settings">The setting in words.</param>
/// <param name="Error">Its negative log-likelihood, or its mean squared error in squared deviations of the target.</param>
/// <param name="IsChosen">Whether the training used it.</param>
internal sealed record RecipeMetrics(string Settings, double Error, bool IsChosen);
