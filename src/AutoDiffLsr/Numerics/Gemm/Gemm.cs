using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiffLsr.Numerics;

/// <summary>Our own product: chooses the instruction set, turns flat products over, and shares large ones out among threads.</summary>
internal static unsafe class Gemm
{
    /// <summary>The multiplications from which on a second thread pays for waking it; below, the caller's thread works alone.</summary>
    internal const long ShareFrom = 1 << 20;

    // A C of so few rows would leave most of each vector empty.
    private const int FlatRows = 4;
    private const int FlatColumns = 1024;

    /// <summary>Computes <paramref name="problem"/> with the given instructions, which the machine must have, on up to <paramref name="threads"/> threads.</summary>
    internal static void Multiply<T>(in GemmProblem<T> problem, InstructionSet instructions, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (instructions == InstructionSet.Avx512)
            Multiply<T, Vector512<T>, Simd512<T>>(problem, threads);
        else if (instructions == InstructionSet.Avx2)
            Multiply<T, Vector256<T>, Simd256<T>>(problem, threads);
        else
            Multiply<T, Vector<T>, SimdPortable<T>>(problem, threads);
    }

    /// <summary>The next piece of what is left: as much as fits, but the last two pieces share evenly, in whole units.</summary>
    internal static int Share(int left, int most, int unit)
    {
        if (left <= most)
            return left;
        return left >= 2 * most ? most : Math.Min(most, ((left / 2) + unit - 1) / unit * unit);
    }

    private static void Multiply<T, TVector, TSimd>(in GemmProblem<T> problem, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<T, TVector>
    {
        if (problem.Rows <= FlatRows && problem.Rows < problem.Columns && problem.Columns <= FlatColumns && !T.IsZero(problem.Alpha))
            MultiplyFlat<T, TVector, TSimd>(problem);
        else if (threads == 1 || (long)problem.Rows * problem.Columns * problem.Inner < ShareFrom)
            GemmBlocks<T, TVector, TSimd>.Multiply(problem);
        else
            GemmWork<T, TVector, TSimd>.Share(problem, threads);
    }

    // The transpose is tall, so its vectors are full; the few rows of C are then gathered from it.
    [SkipLocalsInit]
    private static void MultiplyFlat<T, TVector, TSimd>(in GemmProblem<T> problem)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<T, TVector>
    {
        T* sums = stackalloc T[problem.Rows * problem.Columns];
        GemmBlocks<T, TVector, TSimd>.Multiply(problem.Transposed(sums));
        for (int j = 0; j < problem.Columns; j++)
        {
            T* c = problem.C + (j * problem.StrideC);
            for (int i = 0; i < problem.Rows; i++)
            {
                T sum = problem.Alpha * sums[(i * problem.Columns) + j];
                c[i] = T.IsZero(problem.Beta) ? sum : sum + (problem.Beta * c[i]);
            }
        }
    }
}
