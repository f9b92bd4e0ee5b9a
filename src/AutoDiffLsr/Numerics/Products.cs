using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>The one door for matrix products.</summary>
internal static class Products
{
    /// <summary>C = alpha · op(A) · op(B) + beta · C, where op(X) is X or its transpose; all three are column-major.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transposeA">Whether A is stored as <paramref name="inner"/> x <paramref name="rows"/>.</param>
    /// <param name="transposeB">Whether B is stored as <paramref name="columns"/> x <paramref name="inner"/>.</param>
    /// <param name="rows">The rows of C.</param>
    /// <param name="columns">The columns of C.</param>
    /// <param name="inner">The columns of op(A), which are the rows of op(B).</param>
    /// <param name="alpha">The factor of the product.</param>
    /// <param name="a">A's elements.</param>
    /// <param name="strideA">The distance between the starts of two columns of A as stored.</param>
    /// <param name="b">B's elements.</param>
    /// <param name="strideB">The distance between the starts of two columns of B as stored.</param>
    /// <param name="beta">The factor of C's old value; with 0 the old value is not read.</param>
    /// <param name="c">C's elements; must overlap neither A nor B.</param>
    /// <param name="strideC">The distance between the starts of two columns of C.</param>
    internal static void Multiply<T>(
        bool transposeA,
        bool transposeB,
        int rows,
        int columns,
        int inner,
        T alpha,
        ReadOnlySpan<T> a,
        int strideA,
        ReadOnlySpan<T> b,
        int strideB,
        T beta,
        Span<T> c,
        int strideC)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                T sum = T.Zero;
                for (int p = 0; p < inner; p++)
                    sum += (transposeA ? a[(i * strideA) + p] : a[(p * strideA) + i]) * (transposeB ? b[(p * strideB) + j] : b[(j * strideB) + p]);
                ref T target = ref c[(j * strideC) + i];
                target = T.IsZero(beta) ? alpha * sum : (alpha * sum) + (beta * target);
            }
        }
    }
}
