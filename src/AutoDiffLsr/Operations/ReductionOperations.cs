using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Sums and means over all entries, over rows or over columns.</summary>
public static class ReductionOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = the sum of all entries, 1x1.  dX = dy everywhere</summary>
        public Variable<T> Sum() => Sums.SumTo(x, Shape.Scalar);

        /// <summary>Y = the sum over the rows of N x C: one number a column, 1 x C.  dX = dY repeated down the rows</summary>
        public Variable<T> SumOverRows() => Sums.SumTo(x, new Shape(1, x.Columns));

        /// <summary>Y = the sum over the columns of N x C: one number a row, N x 1.  dX = dY repeated across the columns</summary>
        public Variable<T> SumOverColumns() => Sums.SumTo(x, new Shape(x.Rows, 1));

        /// <summary>y = the mean of all entries, 1x1.  dX = dy / count everywhere</summary>
        public Variable<T> Mean() => x.Sum() / x.Shape.Count;

        /// <summary>Y = the mean over the rows of N x C: one number a column, 1 x C.  dX = dY / N repeated down the rows</summary>
        public Variable<T> MeanOverRows() => x.SumOverRows() / x.Rows;

        /// <summary>Y = the mean over the columns of N x C: one number a row, N x 1.  dX = dY / C repeated across the columns</summary>
        public Variable<T> MeanOverColumns() => x.SumOverColumns() / x.Columns;

        /// <summary>y = the mean square distance from the mean, 1x1; with <paramref name="unbiased"/> divided by one less than the count.  dX = 2·(X - mean)·dy / count</summary>
        public Variable<T> Variance(bool unbiased = false) => (x - x.Mean()).Square().Sum() / Freedom(x.Shape.Count, unbiased);

        /// <summary>Y = the variance of each column of N x C, 1 x C.  dX = 2·(X - mean)·dY / N</summary>
        public Variable<T> VarianceOverRows(bool unbiased = false) => (x - x.MeanOverRows()).Square().SumOverRows() / Freedom(x.Rows, unbiased);

        /// <summary>Y = the variance of each row of N x C, N x 1.  dX = 2·(X - mean)·dY / C</summary>
        public Variable<T> VarianceOverColumns(bool unbiased = false) => (x - x.MeanOverColumns()).Square().SumOverColumns() / Freedom(x.Columns, unbiased);

        /// <summary>y = √Σ x² over all entries, 1x1, without overflow on the way.  dX = X/y·dy, 0 where y is 0</summary>
        public Variable<T> Norm() => x.Norm("norm", EntryGroups.All(x.Rows, x.Columns), Shape.Scalar);

        /// <summary>Y = the norm of each column of N x C, 1 x C.  dX = X/Y·dY, 0 where Y is 0</summary>
        public Variable<T> NormOverRows() => x.Norm("norm over rows", EntryGroups.Columns(x.Rows, x.Columns), new Shape(1, x.Columns));

        /// <summary>Y = the norm of each row of N x C, N x 1.  dX = X/Y·dY, 0 where Y is 0</summary>
        public Variable<T> NormOverColumns() => x.Norm("norm over columns", EntryGroups.Rows(x.Rows, x.Columns), new Shape(x.Rows, 1));

        /// <summary>Y[i, j] = the sum of X[0..i, j], down each column.  dX = the sums of dY from below</summary>
        public Variable<T> CumulativeSumOverRows() => x.CumulativeSum(EntryGroups.Columns(x.Rows, x.Columns), fromEnd: false);

        /// <summary>Y[i, j] = the sum of X[i, 0..j], along each row.  dX = the sums of dY from the right</summary>
        public Variable<T> CumulativeSumOverColumns() => x.CumulativeSum(EntryGroups.Rows(x.Rows, x.Columns), fromEnd: false);

        private Variable<T> Norm(string name, EntryGroups groups, Shape shape) => Operation.Unary(
            name,
            x,
            shape,
            groups,
            forward: static (x, y, groups) => groups.Norms<T>(x.Data(), y.Data()),
            vjp: static (x, y, dy, groups) => x.RatioOrZero(y) * dy);

        private Variable<T> CumulativeSum(EntryGroups groups, bool fromEnd) => Operation.Unary(
            "cumulative sum",
            x,
            x.Shape,
            (Groups: groups, FromEnd: fromEnd),
            forward: static (x, y, call) => call.Groups.CumulativeSums<T>(x.Data(), y.Data(), call.FromEnd),
            vjp: static (x, y, dy, call) => dy.CumulativeSum(call.Groups, !call.FromEnd));

        /// <summary>Y = X with its sides of length 1 repeated to fill <paramref name="shape"/>.  dX = dY summed over them</summary>
        /// <exception cref="ArgumentException">A side is neither equal nor 1.</exception>
        public Variable<T> BroadcastTo(Shape shape) => Sums.BroadcastTo(x, shape);
    }

    private static double Freedom(int count, bool unbiased) => unbiased ? count - 1 : count;
}
