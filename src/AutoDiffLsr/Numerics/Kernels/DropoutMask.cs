using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>A random mask that is never stored: entry i is a function of a random state and i, so it can be drawn again at any time.</summary>
/// <param name="State">The state of the random source when the mask was drawn.</param>
/// <param name="Rate">The probability that an entry is dropped.</param>
/// <param name="Scale">What the kept entries are multiplied by.</param>
internal readonly record struct DropoutMask(ulong State, double Rate, double Scale)
{
    /// <summary>y[i] = scale·x[i] where the mask keeps entry i, else 0.</summary>
    public void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(Scale);
        ulong threshold = (ulong)(Rate * (1UL << 53)), state = State;
        for (int i = 0; i < x.Length; i++)
            y[i] = RandomSource.NextBits(ref state) >> 11 < threshold ? T.Zero : scale * x[i];
    }
}
