using AutoDiffLsr.Operations;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Whole matrices: products, sums, blocks, softmax.</content>
internal static partial class Catalogue
{
    private static readonly int[] SomeLabels = [2, 0, 1, 2];

    private static IEnumerable<Mutant> Matrix() =>
    [
        Two("matmul", "B for Bᵀ", (a, b) => a.MatMul(b), (a, b, y, dy) => dy.MatMul(b), (a, b, y, dy) => a.MatMul(dy, transposeA: true), Fixed((3, 3), (3, 3))),
        Two("matmul", "A for Aᵀ", (a, b) => a.MatMul(b), (a, b, y, dy) => dy.MatMul(b, transposeB: true), (a, b, y, dy) => a.MatMul(dy), Fixed((3, 3), (3, 3))),
        Two("matmul", "factors swapped", (a, b) => a.MatMul(b), (a, b, y, dy) => b.MatMul(dy, transposeA: true), (a, b, y, dy) => a.MatMul(dy, transposeA: true), Fixed((3, 3), (3, 3))),
        Two("matmul", "no gradient for B", (a, b) => a.MatMul(b), (a, b, y, dy) => dy.MatMul(b, transposeB: true), (a, b, y, dy) => default, Fixed((2, 3), (3, 4))),
        Two("matmul", "divided by the rows", (a, b) => a.MatMul(b), (a, b, y, dy) => dy.MatMul(b, transposeB: true), (a, b, y, dy) => a.MatMul(dy, transposeA: true) / a.Rows, Fixed((2, 3), (3, 4))),
        One("transpose", "not transposed", x => x.Transpose(), (x, y, dy) => dy, shapes: Fixed((3, 3))),
        One("sum", "divided by the count", x => x.Sum(), (x, y, dy) => (dy / x.Shape.Count).BroadcastTo(x.Shape)),
        One("mean", "not divided", x => x.Mean(), (x, y, dy) => dy.BroadcastTo(x.Shape)),
        One("mean over rows", "divided by the columns", x => x.MeanOverRows(), (x, y, dy) => (dy / x.Columns).BroadcastTo(x.Shape), shapes: Fixed((4, 3))),
        One("slice", "a row too low", x => x.SliceRows(0, 2), (x, y, dy) => Padded(dy, 1, x.Rows), shapes: Fixed((4, 3))),
        Two("concatenate", "parts swapped", (a, b) => BlockOperations.ConcatenateRows(a, b), (a, b, y, dy) => dy.SliceRows(b.Rows, a.Rows), (a, b, y, dy) => dy.SliceRows(0, b.Rows), Fixed((2, 3), (2, 3))),
        One("gather by label", "off by one", x => x.GatherByLabel(SomeLabels), (x, y, dy) => dy.ScatterByLabel(Array.ConvertAll(SomeLabels, label => (label + 1) % 3), 3), shapes: Fixed((4, 3))),
    ];

    private static IEnumerable<Mutant> Softmaxes() =>
    [
        One("softmax", "missing Σ", x => x.Softmax(), (x, y, dy) => y * dy, shapes: Fixed((3, 4))),
        One("softmax", "no gradient", x => x.Softmax(), (x, y, dy) => 0 * dy, shapes: Fixed((3, 4))),
        One("softmax", "diagonal only", x => x.Softmax(), (x, y, dy) => y * (1 - y) * dy, shapes: Fixed((3, 4))),
        One("softmax", "Σ over the other side", x => x.Softmax(), (x, y, dy) => y * (dy - (y * dy).SumOverRows()), shapes: Fixed((3, 4))),
        One("softmax", "Σ not weighted by y", x => x.Softmax(), (x, y, dy) => y * (dy - dy.MeanOverColumns()), shapes: Fixed((3, 4))),
        One("log-softmax", "mean for softmax", x => x.LogSoftmax(), (x, y, dy) => dy - dy.MeanOverColumns(), shapes: Fixed((3, 4))),
        One("log-softmax", "dX = dY", x => x.LogSoftmax(), (x, y, dy) => dy, shapes: Fixed((3, 4))),
        One("log-sum-exp", "the largest gets all", x => x.LogSumExp(), (x, y, dy) => dy * Plant.Map(x - x.LogSumExp(), v => v > -0.7 ? 1 : 0), shapes: Fixed((3, 4))),
    ];

    private static V Padded(V x, int above, int rows) => BlockOperations.ConcatenateRows(
        x.Tape.Constant(new Autodiff.Shape(above, x.Columns), 0.0), x, x.Tape.Constant(new Autodiff.Shape(rows - above - x.Rows, x.Columns), 0.0));
}
