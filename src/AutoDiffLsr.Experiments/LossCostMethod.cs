namespace AutoDiffLsr.Experiments;

/// <summary>Ways to compute a smoothed loss and its gradient.</summary>
public enum LossCostMethod
{
    /// <summary>LSR by an N x C one-hot matrix: <see cref="PublishedArithmetic.OneHotLabelSmoothing"/>.</summary>
    OneHotLabelSmoothing,

    /// <summary>SparseLSR as its authors structure it: <see cref="PublishedArithmetic.SparseLabelSmoothing"/>.</summary>
    PublishedSparse,

    /// <summary>LSR exactly and in one pass, without a one-hot matrix: <see cref="Losses.LabelSmoothing"/>.</summary>
    FusedLabelSmoothing,

    /// <summary>SparseLSR in its margin form, in one pass: <see cref="Losses.SparseLabelSmoothing"/>.</summary>
    MarginSparse,
}
