using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// Operations indexed by label: row n of N x C has label t(n), a column of it. A label outside 0..C-1 means "no label": nothing is taken from that row,
/// nothing is put there, and nothing is left out. All throw an <see cref="ArgumentException"/> where there are not N labels.
/// </summary>
public static class LabelOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y[n] = X[n, t(n)], N x 1.  dX = dy at the labels, else 0</summary>
        public Variable<T> GatherByLabel(int[] labels) => Operation.Unary(
            "gather by label",
            x,
            new Shape(x.Rows, 1),
            (Labels: Checked("gather by label", labels, x.Rows), x.Columns),
            forward: static (x, y, call) => LabelKernels.Gather(x, call.Labels, y.Data()),
            vjp: static (x, y, dy, call) => dy.ScatterByLabel(call.Labels, call.Columns));

        /// <summary>Y[n, t(n)] = x[n] for an x of N x 1, else 0; N x columns.  dx = dY at the labels</summary>
        public Variable<T> ScatterByLabel(int[] labels, int columns) => Operation.Unary(
            "scatter by label",
            Column(x),
            new Shape(x.Rows, columns),
            Checked("scatter by label", labels, x.Rows),
            forward: static (x, y, labels) => LabelKernels.Scatter(x.Data(), labels, y),
            vjp: static (x, y, dy, labels) => dy.GatherByLabel(labels));

        /// <summary>y[n] = ln Σ exp X[n, j] over all columns j but the label's, N x 1.  dX = softmax of the others · dy</summary>
        public Variable<T> LogSumExpOfOthers(int[] labels) => Operation.Unary(
            "log-sum-exp of others",
            x,
            new Shape(x.Rows, 1),
            Checked("log-sum-exp of others", labels, x.Rows),
            forward: static (x, y, labels) => RowKernels.LogSumExp(x, labels, y.Data()),
            vjp: static (x, y, dy, labels) => x.SoftmaxOfOthers(labels) * dy);

        /// <summary>Y = softmax over all columns but the label's, whose entry is 0: q of the loss derivations, N x C.  dX = Y·(dY - Σ Y·dY)</summary>
        public Variable<T> SoftmaxOfOthers(int[] labels) => Operation.Unary(
            "softmax of others",
            x,
            x.Shape,
            Checked("softmax of others", labels, x.Rows),
            forward: static (x, y, labels) => RowKernels.Softmax(x, labels, y),
            vjp: static (x, y, dy, labels) => y * dy.Centred(y));

        /// <summary>y[n] = X[n, t(n)] - ln Σ exp X[n, j] over the other columns j, N x 1: the margin, exact for large logits too.  dX = dy at the labels, -softmax of the others · dy elsewhere</summary>
        internal Variable<T> Margin(int[] labels) => Operation.Unary(
            "margin",
            x,
            new Shape(x.Rows, 1),
            labels,
            forward: static (x, y, labels) => RowKernels.Margin(x, labels, y.Data()),
            vjp: static (x, y, dy, labels) => dy.ScatterByLabel(labels, x.Columns) - (x.SoftmaxOfOthers(labels) * dy));
    }

    private static Variable<T> Column<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        x.Columns == 1 ? x : throw new ArgumentException($"'scatter by label' takes an N x 1 input, not {x.Shape}.", nameof(x));

    private static int[] Checked(string operation, int[] labels, int rows)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.Length == rows ? labels : throw new ArgumentException(
            $"'{operation}' got {labels.Length} labels for {rows} rows: one label a row is needed.", nameof(labels));
    }
}
