using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Operations;

/// <summary>Sums and means over all entries, over rows or over columns.</summary>
public static class Reducing
{
    /// <summary>y = the sum of all entries, 1x1.  dX = dy everywhere</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>1x1.</returns>
    public static Variable<T> Sum<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => Sums.SumTo(x, Shape.Scalar);

    /// <summary>Y = the sum over the rows: one number a column.  dX = dY repeated downwards</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input, N x C.</param>
    /// <returns>1 x C.</returns>
    public static Variable<T> SumOverRows<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => Sums.SumTo(x, new Shape(1, x.Columns));

    /// <summary>Y = the sum over the columns: one number a row.  dX = dY repeated sidewards</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input, N x C.</param>
    /// <returns>N x 1.</returns>
    public static Variable<T> SumOverColumns<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => Sums.SumTo(x, new Shape(x.Rows, 1));

    /// <summary>y = the mean of all entries, 1x1.  dX = dy / count everywhere</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>1x1.</returns>
    public static Variable<T> Mean<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => x.Sum() / x.Shape.Count;

    /// <summary>Y = the mean over the rows: one number a column.  dX = dY / N repeated downwards</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input, N x C.</param>
    /// <returns>1 x C.</returns>
    public static Variable<T> MeanOverRows<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => x.SumOverRows() / x.Rows;

    /// <summary>Y = the mean over the columns: one number a row.  dX = dY / C repeated sidewards</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input, N x C.</param>
    /// <returns>N x 1.</returns>
    public static Variable<T> MeanOverColumns<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => x.SumOverColumns() / x.Columns;

    /// <summary>Y = X with its sides of length 1 repeated.  dX = dY summed over them</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input; each side equal to the target's or 1.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <returns>The repeated matrix.</returns>
    /// <exception cref="ArgumentException">A side is neither equal nor 1.</exception>
    public static Variable<T> BroadcastTo<T>(this Variable<T> x, Shape shape)
        where T : struct, IFloatingPointIeee754<T> => Sums.BroadcastTo(x, shape);
}
