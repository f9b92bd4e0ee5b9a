namespace AutoDiffLsr.Losses;

/// <summary>
/// What training makes small. A loss of your own derives from <see cref="ClassificationLoss"/> or <see cref="RegressionLoss"/>; a trainer and an
/// evaluator also take a plain function.
/// </summary>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>A short name for reports, such as "sparse-lsr".</summary>
    public abstract string Name { get; }

    /// <summary>What becomes of the losses of the rows; the mean by default.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;
}
