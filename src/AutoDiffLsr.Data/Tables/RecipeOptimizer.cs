namespace AutoDiffLsr.Data.Tables;

/// <summary>The update rules of recipes.</summary>
public enum RecipeOptimizer
{
    /// <summary>Gradient descent with momentum 0.9.</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}
