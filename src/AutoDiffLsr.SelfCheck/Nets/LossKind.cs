namespace AutoDiffLsr.SelfCheck.Nets;

/// <summary>The classification losses.</summary>
internal enum LossKind
{
    CrossEntropy,
    LabelSmoothing,
    SparseLabelSmoothing,
    SparseLabelSmoothingAsPublished,
    AbsoluteCrossEntropy,
}
