using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace AutoDiffLsr.Numerics;

/// <summary>The array behind a dense MathNet matrix.</summary>
internal static class DenseData
{
    /// <summary>The live column-major numbers of a dense matrix: entry (r, c) is at c * rows + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T[] Data<T>(this Matrix<T> matrix)
        where T : struct, IFloatingPointIeee754<T> => ((DenseColumnMajorMatrixStorage<T>)matrix.Storage).Data;
}
