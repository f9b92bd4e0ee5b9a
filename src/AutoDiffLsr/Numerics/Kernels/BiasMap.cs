using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>A bias and the function behind it in one pass: Y = f(X + b), where b has a number for each column.</summary>
internal static class BiasMap<TFunction>
    where TFunction : struct, IElementaryFunction
{
    /// <summary>X and Y are N x C, b is 1 x C.</summary>
    public static void Apply<T>(Matrix<T> x, Matrix<T> bias, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        int rows = x.RowCount;
        if (InstructionSets.Best == InstructionSet.Avx512 && rows >= Lanes512<T>.Count)
            Loop<Lanes512<T>, T>(x.Data(), bias.Data(), rows, y.Data());
        else if (InstructionSets.Best >= InstructionSet.Avx2 && rows >= Lanes256<T>.Count)
            Loop<Lanes256<T>, T>(x.Data(), bias.Data(), rows, y.Data());
        else if (rows >= Lanes128<T>.Count)
            Loop<Lanes128<T>, T>(x.Data(), bias.Data(), rows, y.Data());
        else
            FewRows(x.Data(), bias.Data(), rows, y.Data());
    }

    // A column's last vector ends with the column; what it shares with the one before is computed twice, to the same result.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Loop<L, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> bias, int rows, Span<T> y)
        where L : struct, ILanes<L, T>
        where T : struct, IFloatingPointIeee754<T>
    {
        ref T from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(y);
        nint start = 0;
        for (int column = 0; column < bias.Length; column++, start += rows)
        {
            L b = L.Of(double.CreateTruncating(bias[column]));
            nint i = start, last = start + rows - L.Count;
            for (; i < last; i += L.Count)
                TFunction.Of<L, T>(L.Load(ref from, i) + b).Store(ref to, i);
            TFunction.Of<L, T>(L.Load(ref from, last) + b).Store(ref to, last);
        }
    }

    private static void FewRows<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> bias, int rows, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] + bias[i / rows];
        ElementwiseMap<TFunction>.Apply<T>(y, y);
    }
}
