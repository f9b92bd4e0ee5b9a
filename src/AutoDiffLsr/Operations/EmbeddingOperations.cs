using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Vectors by their index in a table, and back.</summary>
public static class EmbeddingOperations
{
    /// <summary>Y = the columns of the table that each row of indices names, one after the other.  d(table) = dY added to the columns it came from; indices only steer</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="table">D x V: a column is the vector of a thing.</param>
    /// <param name="indices">N x L, whole numbers from 0 to V - 1.</param>
    /// <returns>N x (L·D).</returns>
    /// <exception cref="ArgumentException">An index is not one of the table.</exception>
    public static Variable<T> LookUp<T>(this Variable<T> table, Variable<T> indices)
        where T : struct, IFloatingPointIeee754<T>
    {
        TableKernels.Check<T>(indices.Value.Data(), indices.Rows, table.Columns);
        return Operation.Binary(
            "look up",
            table,
            indices,
            new Shape(indices.Rows, indices.Columns * table.Rows),
            0,
            forward: static (table, indices, y, _) => TableKernels.LookUp<T>(table.Data(), indices.Data(), y.Data(), indices.RowCount, table.RowCount),
            vjpA: static (table, indices, y, dy, _) => dy.AddToTable(indices, table.Shape),
            vjpB: static (table, indices, y, dy, _) => default);
    }

    /// <summary>Y = a table whose columns are the sums of the vectors of X that go to them.  dX = dY looked up</summary>
    private static Variable<T> AddToTable<T>(this Variable<T> x, Variable<T> indices, Shape table)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Binary(
            "add to table",
            x,
            indices,
            table,
            0,
            forward: static (x, indices, y, _) => TableKernels.Add<T>(x.Data(), indices.Data(), y.Data(), indices.RowCount, y.RowCount),
            vjpA: static (x, indices, y, dy, _) => dy.LookUp(indices),
            vjpB: static (x, indices, y, dy, _) => default);
}
