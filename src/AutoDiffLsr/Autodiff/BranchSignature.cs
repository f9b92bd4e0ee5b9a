using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// Which side of each kink a computation took, as one number: piecewise operations (ReLU, abs, clamp, maximum) note the branch of every entry while a
/// tape has one of these. Two points with equal signatures have no kink between them that the operations know of.
/// </summary>
/// <remarks>An operation of your own that is piecewise calls <see cref="Compare{T}(ReadOnlySpan{T}, T)"/> on what decides its branch.</remarks>
public sealed class BranchSignature
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>The branches taken since the last <see cref="Clear"/>; order counts.</summary>
    public ulong Hash { get; private set; } = Prime;

    /// <summary>How many entries stood exactly on a kink.</summary>
    public int Ties { get; private set; }

    /// <summary>Starts anew.</summary>
    public void Clear() => (Hash, Ties) = (Prime, 0);

    /// <summary>Notes for each entry whether it is below, on or above a threshold.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">What decides the branch.</param>
    /// <param name="threshold">Where the branches meet.</param>
    public void Compare<T>(ReadOnlySpan<T> values, T threshold)
        where T : struct, IFloatingPointIeee754<T>
    {
        foreach (T value in values)
            Note(value, threshold);
    }

    /// <summary>Notes for each pair which one is larger.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">One side.</param>
    /// <param name="right">The other, of the same length.</param>
    public void Compare<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < left.Length; i++)
            Note(left[i], right[i]);
    }

    private void Note<T>(T left, T right)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (left == right)
            Ties++;
        ulong side = left < right ? 1UL : left == right ? 2UL : 3UL;
        Hash = (Hash ^ side) * Prime;
    }
}
