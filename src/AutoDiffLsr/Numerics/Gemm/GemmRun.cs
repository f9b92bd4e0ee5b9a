namespace AutoDiffLsr.Numerics;

/// <summary>A stretch of the inner direction along which both factors advance by one stride each. A product has one; a convolution has one for each tap.</summary>
/// <param name="A">Where it begins in A, in elements from A's start.</param>
/// <param name="B">Where it begins in B, in steps of the inner direction.</param>
/// <param name="Count">Its length.</param>
internal readonly record struct GemmRun(nint A, nint B, nint Count);

/// <summary>The stretches that a tile sums over, in this order.</summary>
internal readonly unsafe struct GemmRuns(GemmRun* first, int count)
{
    /// <summary>The first one.</summary>
    internal readonly GemmRun* First = first;

    /// <summary>How many there are.</summary>
    internal readonly int Count = count;
}
