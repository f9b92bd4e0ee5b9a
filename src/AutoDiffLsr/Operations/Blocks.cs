using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Operations;

/// <summary>Parts of matrices: slices of rows and columns, and their concatenation.</summary>
public static class Blocks
{
    /// <summary>Y = the rows from <paramref name="start"/> on.  dX = dY there, else 0</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <param name="start">The first row, counted from 0.</param>
    /// <param name="count">How many rows.</param>
    /// <returns>count x C.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all there.</exception>
    public static Variable<T> SliceRows<T>(this Variable<T> x, int start, int count)
        where T : struct, IFloatingPointIeee754<T>
    {
        CheckRange("slice rows", start, count, x.Rows);
        return Slice(x, new Block(start, 0, count, x.Columns));
    }

    /// <summary>Y = the columns from <paramref name="start"/> on.  dX = dY there, else 0</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <param name="start">The first column, counted from 0.</param>
    /// <param name="count">How many columns.</param>
    /// <returns>N x count.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The columns are not all there.</exception>
    public static Variable<T> SliceColumns<T>(this Variable<T> x, int start, int count)
        where T : struct, IFloatingPointIeee754<T>
    {
        CheckRange("slice columns", start, count, x.Columns);
        return Slice(x, new Block(0, start, x.Rows, count));
    }

    /// <summary>Y = the parts one below the other.  dX = its own rows of dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parts">At least one, all with the same number of columns.</param>
    /// <returns>All rows x C.</returns>
    /// <exception cref="ArgumentException">The columns differ, or there are no parts.</exception>
    public static Variable<T> ConcatenateRows<T>(params ReadOnlySpan<Variable<T>> parts)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Nary(
            "concatenate rows",
            parts,
            new Shape(RowsBefore(parts, parts.Length), parts.IsEmpty ? 0 : parts[0].Columns),
            0,
            forward: static (parts, y, _) =>
            {
                for (int i = 0, row = 0; i < parts.Length; row += parts[i++].Rows)
                    y.SetSubMatrix(row, 0, parts[i].Value);
            },
            vjp: static (i, parts, y, dy, _) => dy.SliceRows(RowsBefore(parts, i), parts[i].Rows));

    /// <summary>Y = the parts side by side.  dX = its own columns of dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parts">At least one, all with the same number of rows.</param>
    /// <returns>N x all columns.</returns>
    /// <exception cref="ArgumentException">The rows differ, or there are no parts.</exception>
    public static Variable<T> ConcatenateColumns<T>(params ReadOnlySpan<Variable<T>> parts)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Nary(
            "concatenate columns",
            parts,
            new Shape(parts.IsEmpty ? 0 : parts[0].Rows, ColumnsBefore(parts, parts.Length)),
            0,
            forward: static (parts, y, _) =>
            {
                for (int i = 0, column = 0; i < parts.Length; column += parts[i++].Columns)
                    y.SetSubMatrix(0, column, parts[i].Value);
            },
            vjp: static (i, parts, y, dy, _) => dy.SliceColumns(ColumnsBefore(parts, i), parts[i].Columns));

    /// <summary>Y = a block of X.  dX = dY at its place in zeros</summary>
    private static Variable<T> Slice<T>(Variable<T> x, Block block)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "slice",
            x,
            new Shape(block.Rows, block.Columns),
            (Block: block, Whole: x.Shape),
            forward: static (x, y, call) => y.SetSubMatrix(0, call.Block.Row, call.Block.Rows, 0, call.Block.Column, call.Block.Columns, x),
            vjp: static (x, y, dy, call) => Pad(dy, call.Block, call.Whole));

    /// <summary>Y = X at its place in zeros.  dX = the block of dY</summary>
    private static Variable<T> Pad<T>(Variable<T> x, Block block, Shape whole)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "pad",
            x,
            whole,
            block,
            forward: static (x, y, block) =>
            {
                y.Clear();
                y.SetSubMatrix(block.Row, block.Column, x);
            },
            vjp: static (x, y, dy, block) => Slice(dy, block));

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

    private static void CheckRange(string operation, int start, int count, int length)
    {
        if (start < 0 || count < 0 || start > length - count)
            throw new ArgumentOutOfRangeException(nameof(start), $"'{operation}' from {start}, {count} of them: the matrix has {length} (0..{length - 1}).");
    }

    private readonly record struct Block(int Row, int Column, int Rows, int Columns);
}
