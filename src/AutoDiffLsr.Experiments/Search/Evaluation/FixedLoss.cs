namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>A loss that needs no search: what a learned one is held against.</summary>
public enum FixedLoss
{
    /// <summary>Squared error: the usual loss of numbers.</summary>
    SquaredError,

    /// <summary>Huber's loss: squared error up to a residual of 1, then absolute error.</summary>
    Huber,

    /// <summary>Cross-entropy: the usual loss of classes.</summary>
    CrossEntropy,

    /// <summary>Label smoothing by 0.1.</summary>
    LabelSmoothing,

    /// <summary>Sparse label smoothing by 0.1.</summary>
    SparseLabelSmoothing,
}
