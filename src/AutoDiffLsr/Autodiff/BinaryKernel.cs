using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>Fills y from a and b, entry by entry; all three have the same length.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="a">The first input.</param>
/// <param name="b">The second input.</param>
/// <param name="y">The output.</param>
public delegate void BinaryKernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    where T : struct, IFloatingPointIeee754<T>;
