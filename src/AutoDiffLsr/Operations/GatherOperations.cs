using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// Entries by their places: rows and columns in any order, left out or repeated, and other shapes of the same entries. All of it is one gather and its
/// transpose, the scatter that adds. Lists of places are checked at each call and not copied: leave them unchanged until the gradient is taken.
/// </summary>
/// <remarks>Matrices are stored column by column, so a flat place is row + column · rows, and <c>Reshape</c> keeps that order; <c>ReshapeRows</c> has PyTorch's.</remarks>
public static class GatherOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>Y = the rows of X in the order of <paramref name="rows"/>, each as often as it is listed: an embedding.  dX = the rows of dY added where they came from</summary>
        /// <exception cref="ArgumentException">A row is not in 0..N-1.</exception>
        public Variable<T> TakeRows(int[] rows) => x.Take("take rows", Checked("take rows", rows, x.Rows), new PlaceWalk(x.Columns));

        /// <summary>Y = the columns of X in the order of <paramref name="columns"/>, each as often as it is listed.  dX = the columns of dY added where they came from</summary>
        /// <exception cref="ArgumentException">A column is not in 0..C-1.</exception>
        public Variable<T> TakeColumns(int[] columns) => x.Take("take columns", new PlaceWalk(x.Rows), Checked("take columns", columns, x.Columns));

        /// <summary>Y = the entries of X at flat places, of the given shape, filled column by column.  dX = the entries of dY added where they came from</summary>
        /// <exception cref="ArgumentException">There are not as many places as entries, or one is not in X.</exception>
        public Variable<T> Take(int[] places, Shape shape) => x.Reshape(x.Shape.Count, 1).TakeRows(places).Reshape(shape.Rows, shape.Columns);

        /// <summary>Y = the rows of X added at the listed rows of <paramref name="count"/> rows of zeros.  dX = the rows of dY that were listed</summary>
        /// <exception cref="ArgumentException">There is not a place for each row, or one is not in 0..count-1.</exception>
        public Variable<T> PutRows(int[] rows, int count) =>
            x.Put("put rows", ForEach("put rows", Checked("put rows", rows, count), x.Rows), new PlaceWalk(x.Columns), new Shape(count, x.Columns));

        /// <summary>Y = the columns of X added at the listed columns of <paramref name="count"/> columns of zeros.  dX = the columns of dY that were listed</summary>
        /// <exception cref="ArgumentException">There is not a place for each column, or one is not in 0..count-1.</exception>
        public Variable<T> PutColumns(int[] columns, int count) =>
            x.Put("put columns", new PlaceWalk(x.Rows), ForEach("put columns", Checked("put columns", columns, count), x.Columns), new Shape(x.Rows, count));

        /// <summary>Y = the entries of X, column by column, added at flat places of zeros of the given shape.  dX = the entries of dY at those places</summary>
        /// <exception cref="ArgumentException">There is not a place for each entry, or one is not in the shape.</exception>
        public Variable<T> Put(int[] places, Shape shape) => x.Reshape(x.Shape.Count, 1).PutRows(places, shape.Count).Reshape(shape.Rows, shape.Columns);

        /// <summary>Y = the same entries in another shape, column by column as they are stored.  dX = dY in the shape of X</summary>
        /// <exception cref="ArgumentException">The counts of entries differ.</exception>
        public Variable<T> Reshape(int rows, int columns) => Operation.Unary(
            "reshape",
            x,
            SameCount("reshape", x.Shape, rows, columns),
            x.Shape,
            forward: static (x, y, from) => x.Data().AsSpan().CopyTo(y.Data()),
            vjp: static (x, y, dy, from) => dy.Reshape(from.Rows, from.Columns));

        /// <summary>Y = the same entries in another shape, row by row as PyTorch and NumPy do.  dX = dY in the shape of X</summary>
        /// <exception cref="ArgumentException">The counts of entries differ.</exception>
        public Variable<T> ReshapeRows(int rows, int columns) => x.Transpose().Reshape(columns, rows).Transpose();

        /// <summary>Y = the diagonal of X as a column.  dX = dY on the diagonal, else 0</summary>
        public Variable<T> Diagonal() => x.Reshape(x.Shape.Count, 1).Take("diagonal", DiagonalOf(x.Shape), new PlaceWalk(1));

        /// <summary>Y = an N x 1 column on the diagonal of N x N zeros.  dX = the diagonal of dY</summary>
        /// <exception cref="ArgumentException">X has more than one column.</exception>
        public Variable<T> ToDiagonal() => x.Columns == 1
            ? x.Put("to diagonal", DiagonalOf(new Shape(x.Rows, x.Rows)), new PlaceWalk(1), new Shape(x.Rows * x.Rows, 1)).Reshape(x.Rows, x.Rows)
            : throw new ArgumentException($"'to diagonal' takes an N x 1 input, not {x.Shape}.");

        /// <summary>y = the sum of the diagonal, 1x1.  dX = dy on the diagonal, else 0</summary>
        public Variable<T> Trace() => x.Diagonal().Sum();

        /// <summary>Y = the rows in opposite order.  dX = dY likewise</summary>
        public Variable<T> FlipRows() => x.Take("flip rows", new PlaceWalk(x.Rows, Start: x.Rows - 1, Step: -1), new PlaceWalk(x.Columns));

        /// <summary>Y = the columns in opposite order.  dX = dY likewise</summary>
        public Variable<T> FlipColumns() => x.Take("flip columns", new PlaceWalk(x.Rows), new PlaceWalk(x.Columns, Start: x.Columns - 1, Step: -1));

        /// <summary>Y = the rows moved down by <paramref name="by"/>, those that leave at one end coming in at the other; upwards for a negative number.  dX = dY moved back</summary>
        public Variable<T> RollRows(int by) => x.Take("roll rows", Rolled(x.Rows, by), new PlaceWalk(x.Columns));

        /// <summary>Y = the columns moved right by <paramref name="by"/>, those that leave at one end coming in at the other; left for a negative number.  dX = dY moved back</summary>
        public Variable<T> RollColumns(int by) => x.Take("roll columns", new PlaceWalk(x.Rows), Rolled(x.Columns, by));

        /// <summary>Y = every <paramref name="step"/>-th of the rows from <paramref name="start"/> on, as x[start::step] in Python.  dX = dY there, else 0</summary>
        /// <exception cref="ArgumentOutOfRangeException">The start is not in 0..N, or the step is less than 1.</exception>
        public Variable<T> StrideRows(int start, int step) => x.Take("stride rows", Stridden("stride rows", x.Rows, start, step), new PlaceWalk(x.Columns));

        /// <summary>Y = every <paramref name="step"/>-th of the columns from <paramref name="start"/> on.  dX = dY there, else 0</summary>
        /// <exception cref="ArgumentOutOfRangeException">The start is not in 0..C, or the step is less than 1.</exception>
        public Variable<T> StrideColumns(int start, int step) => x.Take("stride columns", new PlaceWalk(x.Rows), Stridden("stride columns", x.Columns, start, step));

        /// <summary>Y = X <paramref name="rows"/> times one below the other and <paramref name="columns"/> times side by side, as NumPy's tile.  dX = the sum over the copies</summary>
        /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
        public Variable<T> Tile(int rows, int columns) => x.Take("tile", Copies("tile", x.Rows, rows, each: 1), Copies("tile", x.Columns, columns, each: 1));

        /// <summary>Y = each row <paramref name="rows"/> times and each column <paramref name="columns"/> times in a row, as PyTorch's repeat_interleave.  dX = the sum over the copies</summary>
        /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
        public Variable<T> RepeatEach(int rows, int columns) => x.Take("repeat", Copies("repeat", x.Rows, rows, each: rows), Copies("repeat", x.Columns, columns, each: columns));

        /// <summary>Y[i, j] = X[rows[i], columns[j]].  dX = dY put there</summary>
        private Variable<T> Take<TRows, TColumns>(string name, TRows rows, TColumns columns)
            where TRows : struct, IPlaces
            where TColumns : struct, IPlaces => Operation.Unary(
                name,
                x,
                new Shape(rows.Count, columns.Count),
                (Rows: rows, Columns: columns, Whole: x.Shape),
                forward: static (x, y, call) => PlaceKernels.Gather<T, TRows, TColumns>(x.Data(), x.RowCount, y.Data(), call.Rows, call.Columns),
                vjp: static (x, y, dy, call) => dy.Put("put", call.Rows, call.Columns, call.Whole));

        /// <summary>Y[rows[i], columns[j]] = the sum of the X[i, j] that go there, else 0.  dX = dY taken there</summary>
        private Variable<T> Put<TRows, TColumns>(string name, TRows rows, TColumns columns, Shape whole)
            where TRows : struct, IPlaces
            where TColumns : struct, IPlaces => Operation.Unary(
                name,
                x,
                whole,
                (Rows: rows, Columns: columns),
                forward: static (x, y, call) => PlaceKernels.Scatter<T, TRows, TColumns>(x.Data(), y.Data(), y.RowCount, call.Rows, call.Columns),
                vjp: static (x, y, dy, call) => dy.Take("take", call.Rows, call.Columns));
    }

    private static PlaceList Checked(string operation, int[] places, int length)
    {
        ArgumentNullException.ThrowIfNull(places);
        for (int i = 0; i < places.Length; i++)
        {
            if ((uint)places[i] >= (uint)length)
                throw new ArgumentException($"'{operation}': place {i} is {places[i]}, but there are {length} (0..{length - 1}).", nameof(places));
        }

        return new PlaceList(places);
    }

    private static PlaceList ForEach(string operation, PlaceList places, int length) => places.Count == length ? places : throw new ArgumentException(
        $"'{operation}' got {places.Count} places for {length}: one each is needed.");

    private static Shape SameCount(string operation, Shape from, int rows, int columns) =>
        rows >= 0 && columns >= 0 && (long)rows * columns == from.Count ? new Shape(rows, columns) : throw new ArgumentException(
            $"'{operation}' of {from} to {rows}x{columns}: the number of entries must stay {from.Count}.");

    private static PlaceWalk DiagonalOf(Shape shape) => new(Math.Min(shape.Rows, shape.Columns), Step: shape.Rows + 1);

    private static PlaceWalk Rolled(int length, int by) => new(length, Shift: length == 0 ? 0 : (int)((((-(long)by) % length) + length) % length), Period: Math.Max(length, 1));

    private static PlaceWalk Stridden(string operation, int length, int start, int step)
    {
        if (start < 0 || start > length || step < 1)
            throw new ArgumentOutOfRangeException(nameof(start), $"'{operation}' from {start} by {step}: the start must be in 0..{length}, and the step at least 1.");
        return new((int)(((long)length - start + step - 1) / step), Start: start, Step: step);
    }

    private static PlaceWalk Copies(string operation, int length, int times, int each)
    {
        if (times < 0)
            throw new ArgumentOutOfRangeException(nameof(times), $"'{operation}' {times} times: the number must not be negative.");
        return new(checked(length * times), Each: Math.Max(each, 1), Period: Math.Max(length, 1));
    }
}
