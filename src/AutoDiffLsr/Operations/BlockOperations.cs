using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Operations;

/// <summary>Parts of matrices: slices of rows and columns, and their concatenation.</summary>
public static class BlockOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>Y = <paramref name="count"/> rows from row <paramref name="start"/> on, counted from 0.  dX = dY there, else 0</summary>
        /// <exception cref="ArgumentOutOfRangeException">The rows are not all there.</exception>
        public Variable<T> SliceRows(int start, int count) => x.Slice(new Block(Checked("slice rows", start, count, x.Rows), 0, count, x.Columns));

        /// <summary>Y = <paramref name="count"/> columns from column <paramref name="start"/> on, counted from 0.  dX = dY there, else 0</summary>
        /// <exception cref="ArgumentOutOfRangeException">The columns are not all there.</exception>
        public Variable<T> SliceColumns(int start, int count) => x.Slice(new Block(0, Checked("slice columns", start, count, x.Columns), x.Rows, count));

        /// <summary>Y = a block of X.  dX = dY at its place in zeros</summary>
        private Variable<T> Slice(Block block) => Operation.Unary(
            "slice",
            x,
            new Shape(block.Rows, block.Columns),
            (Block: block, Whole: x.Shape),
            forward: static (x, y, call) => y.SetSubMatrix(0, call.Block.Row, call.Block.Rows, 0, call.Block.Column, call.Block.Columns, x),
            vjp: static (x, y, dy, call) => dy.Pad(call.Block, call.Whole));

        /// <summary>Y = X at its place in zeros.  dX = the block of dY</summary>
        private Variable<T> Pad(Block block, Shape whole) => Operation.Unary(
            "pad",
            x,
            whole,
            block,
            forward: static (x, y, block) =>
            {
                y.Clear();
                y.SetSubMatrix(block.Row, block.Column, x);
            },
            vjp: static (x, y, dy, block) => dy.Slice(block));
    }

    /// <summary>Y = the parts one below the other.  dX = its own rows of dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parts">At least one, all with the same number of columns.</param>
    /// <exception cref="ArgumentException">The columns differ, or there are no parts.</exception>
    public static Variable<T> ConcatenateRows<T>(params ReadOnlySpan<Variable<T>> parts)
        where T : struct, IFloatingPointIeee754<T> => Operation.Nary(
            "concatenate rows",
            parts,
            new Shape(RowsBefore(parts, parts.Length), parts.IsEmpty ? 0 : parts[0].Columns),
            forward: static (parts, y) =>
            {
                for (int i = 0, row = 0; i < parts.Length; row += parts[i++].Rows)
                    y.SetSubMatrix(row, 0, parts[i].Value);
            },
            vjp: static (i, parts, y, dy) => dy.SliceRows(RowsBefore(parts, i), parts[i].Rows));

    /// <summary>Y = the parts side by side.  dX = its own columns of dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parts">At least one, all with the same number of rows.</param>
    /// <exception cref="ArgumentException">The rows differ, or there are no parts.</exception>
    public static Variable<T> ConcatenateColumns<T>(params ReadOnlySpan<Variable<T>> parts)
        where T : struct, IFloatingPointIeee754<T> => Operation.Nary(
            "concatenate columns",
            parts,
            new Shape(parts.IsEmpty ? 0 : parts[0].Rows, ColumnsBefore(parts, parts.Length)),
            forward: static (parts, y) =>
            {
                for (int i = 0, column = 0; i < parts.Length; column += parts[i++].Columns)
                    y.SetSubMatrix(0, column, parts[i].Value);
            },
            vjp: static (i, parts, y, dy) => dy.SliceColumns(ColumnsBefore(parts, i), parts[i].Columns));

    private static int RowsBefore<T>(ReadOnlySpan<Variable<T>> parts, int end)
        where T : struct, IFloatingPointIeee754<T>
    {
        int rows = 0;
        for (int i = 0; i < end; i++)
            rows += parts[i].Columns == parts[0].Columns ? parts[i].Rows : throw Unequal("concatenate rows", parts[0].Shape, i, parts[i].Shape);
        return rows;
    }

    private static int ColumnsBefore<T>(ReadOnlySpan<Variable<T>> parts, int end)
        where T : struct, IFloatingPointIeee754<T>
    {
        int columns = 0;
        for (int i = 0; i < end; i++)
            columns += parts[i].Rows == parts[0].Rows ? parts[i].Columns : throw Unequal("concatenate columns", parts[0].Shape, i, parts[i].Shape);
        return columns;
    }

    private static ArgumentException Unequal(string operation, Shape first, int index, Shape other) => new(
        $"'{operation}': part 1 is {first}, part {index + 1} is {other}; the sides that touch must be equal.");

    private static int Checked(string operation, int start, int count, int length) =>
        start >= 0 && count >= 0 && start <= length - count ? start : throw new ArgumentOutOfRangeException(
            nameof(start), $"'{operation}' from {start}, {count} of them: the matrix has {length} (0..{length - 1}).");

    private readonly record struct Block(int Row, int Column, int Rows, int Columns);
}
