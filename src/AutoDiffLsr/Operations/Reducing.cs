using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Operations;

/// <summary>Sums and means over all entries, over rows or over columns.</summary>
public static class Reducing
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = the sum of all entries, 1x1.  dX = dy everywhere</summary>
        public Variable<T> Sum() => Sums.SumTo(x, Shape.Scalar);

        /// <summary>Y = the sum over the rows of N x C: one number a column, 1 x C.  dX = dY repeated downwards</summary>
        public Variable<T> SumOverRows() => Sums.SumTo(x, new Shape(1, x.Columns));

        /// <summary>Y = the sum over the columns of N x C: one number a row, N x 1.  dX = dY repeated sidewards</summary>
        public Variable<T> SumOverColumns() => Sums.SumTo(x, new Shape(x.Rows, 1));

        /// <summary>y = the mean of all entries, 1x1.  dX = dy / count everywhere</summary>
        public Variable<T> Mean() => x.Sum() / x.Shape.Count;

        /// <summary>Y = the mean over the rows of N x C: one number a column, 1 x C.  dX = dY / N repeated downwards</summary>
        public Variable<T> MeanOverRows() => x.SumOverRows() / x.Rows;

        /// <summary>Y = the mean over the columns of N x C: one number a row, N x 1.  dX = dY / C repeated sidewards</summary>
        public Variable<T> MeanOverColumns() => x.SumOverColumns() / x.Columns;

        /// <summary>Y = X with its sides of length 1 repeated to fill <paramref name="shape"/>.  dX = dY summed over them</summary>
        /// <exception cref="ArgumentException">A side is neither equal nor 1.</exception>
        public Variable<T> BroadcastTo(Shape shape) => Sums.BroadcastTo(x, shape);
    }
}
