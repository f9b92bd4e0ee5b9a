using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// Operations that a label steers: row n has label t(n), a column of it. A label outside 0..C-1 means "no label": nothing is taken from that row,
/// nothing is put there, and nothing is left out.
/// </summary>
public static class Labels
{
    /// <summary>y[n] = X[n, t(n)].  dX = dy at the labels, else 0</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x C.</param>
    /// <param name="labels">A column for each of the N rows.</param>
    /// <returns>N x 1.</returns>
    /// <exception cref="ArgumentException">There are not N labels.</exception>
    public static Variable<T> GatherByLabel<T>(this Variable<T> x, int[] labels)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "gather by label",
            x,
            new Shape(x.Rows, 1),
            (Labels: Checked("gather by label", labels, x.Rows), x.Columns),
            forward: static (x, y, call) => LabelKernels.Gather(x, call.Labels, y.Data()),
            vjp: static (x, y, dy, call) => dy.ScatterByLabel(call.Labels, call.Columns));

    /// <summary>Y[n, t(n)] = x[n], else 0.  dx = dY at the labels</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x 1.</param>
    /// <param name="labels">A column for each of the N rows.</param>
    /// <param name="columns">C.</param>
    /// <returns>N x C.</returns>
    /// <exception cref="ArgumentException">There are not N labels, or x is not N x 1.</exception>
    public static Variable<T> ScatterByLabel<T>(this Variable<T> x, int[] labels, int columns)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (x.Columns != 1)
            throw new ArgumentException($"'scatter by label' takes an N x 1 input, not {x.Shape}.", nameof(x));
        return Operation.Unary(
            "scatter by label",
            x,
            new Shape(x.Rows, columns),
            Checked("scatter by label", labels, x.Rows),
            forward: static (x, y, labels) => LabelKernels.Scatter(x.Data(), labels, y),
            vjp: static (x, y, dy, labels) => dy.GatherByLabel(labels));
    }

    /// <summary>y[n] = ln Σ exp X[n, j] over all columns j but the label's.  dX = softmax of the others · dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x C.</param>
    /// <param name="labels">A column for each of the N rows.</param>
    /// <returns>N x 1.</returns>
    /// <exception cref="ArgumentException">There are not N labels.</exception>
    public static Variable<T> LogSumExpOfOthers<T>(this Variable<T> x, int[] labels)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "log-sum-exp of others",
            x,
            new Shape(x.Rows, 1),
            Checked("log-sum-exp of others", labels, x.Rows),
            forward: static (x, y, labels) => RowKernels.LogSumExp(x, labels, y.Data()),
            vjp: static (x, y, dy, labels) => x.SoftmaxOfOthers(labels) * dy);

    /// <summary>Y = softmax over all columns but the label's, whose entry is 0: q of the loss derivations.  dX = Y·(dY - Σ Y·dY)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x C.</param>
    /// <param name="labels">A column for each of the N rows.</param>
    /// <returns>N x C; each row sums to 1.</returns>
    /// <exception cref="ArgumentException">There are not N labels.</exception>
    public static Variable<T> SoftmaxOfOthers<T>(this Variable<T> x, int[] labels)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "softmax of others",
            x,
            x.Shape,
            Checked("softmax of others", labels, x.Rows),
            forward: static (x, y, labels) => RowKernels.Softmax(x, labels, y),
            vjp: static (x, y, dy, labels) => y * (dy - (y * dy).SumOverColumns()));

    private static int[] Checked(string operation, int[] labels, int rows)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.Length == rows ? labels : throw new ArgumentException(
            $"'{operation}' got {labels.Length} labels for {rows} rows: one label a row is needed.", nameof(labels));
    }
}
