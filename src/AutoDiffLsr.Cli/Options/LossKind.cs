namespace AutoDiffLsr.Cli.Options;

/// <summary>The losses that the tool trains with.</summary>
internal enum LossKind
{
    CrossEntropy,
    LabelSmoothing,
    SparseLabelSmoothing,
    AbsoluteCrossEntropy,
    BinaryCrossEntropy,
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,

    /// <summary>From the file of a search.</summary>
    Learned,
}
