namespace AutoDiffLsr.Data.Tables;

/// <summary>How a recipe did on held-back parts of the training data.</summary>
/// <param name="Error">The mean negative log-likelihood of classes in nats, or the mean squared error of standardised targets; infinite where training diverged.</param>
public sealed record RecipeScore(TableRecipe Recipe, double Error);
