using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Numerics;

/// <summary>Σ (a - b)² over spans of one length. Differences are exact to rounding in T; blocks are summed in T, the blocks in double.</summary>
internal static class SquaredDistance
{
    private const int Block = 256;

    public static double Between<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += Block)
        {
            int count = Math.Min(Block, a.Length - start);
            T distance = TensorPrimitives.Distance(a.Slice(start, count), b.Slice(start, count));
            sum += double.CreateTruncating(distance) * double.CreateTruncating(distance);
        }

        return sum;
    }
}
