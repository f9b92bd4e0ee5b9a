using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Softplus and its derivative, the sigmoid, from one exponential.</summary>
internal static class SoftplusAndSigmoid
{
    /// <summary>softplus[i] = ln(1 + e^-x[i]) and sigmoid[i] = 1 / (1 + e^x[i]). The results may not be the memory of x.</summary>
    public static void OfNegative<T>(ReadOnlySpan<T> x, Span<T> softplus, Span<T> sigmoid)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (InstructionSets.Best == InstructionSet.Avx512 && x.Length >= Lanes512<T>.Count)
            Loop<Lanes512<T>, T>(x, softplus, sigmoid);
        else if (InstructionSets.Best >= InstructionSet.Avx2 && x.Length >= Lanes256<T>.Count)
            Loop<Lanes256<T>, T>(x, softplus, sigmoid);
        else if (x.Length >= Lanes128<T>.Count)
            Loop<Lanes128<T>, T>(x, softplus, sigmoid);
        else
            Separately(x, softplus, sigmoid);
    }

    // The last vector ends with the numbers; what it shares with the one before is computed twice, to the same result.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Loop<L, T>(ReadOnlySpan<T> x, Span<T> softplus, Span<T> sigmoid)
        where L : struct, ILanes<L, T>
        where T : struct, IFloatingPointIeee754<T>
    {
        ref T from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(softplus), slopes = ref MemoryMarshal.GetReference(sigmoid);
        nint last = x.Length - L.Count;
        for (nint i = 0; i <= last; i = i == last ? last + 1 : Math.Min(i + L.Count, last))
        {
            ElementaryKernels<L, T>.Softplus(L.Of(0) - L.Load(ref from, i), out L slope).Store(ref to, i);
            slope.Store(ref slopes, i);
        }
    }

    private static void Separately<T>(ReadOnlySpan<T> x, Span<T> softplus, Span<T> sigmoid)
        where T : struct, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Negate(x, sigmoid);
        Functions.Softplus(sigmoid, softplus);
        Functions.Sigmoid(sigmoid, sigmoid);
    }
}
