using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Convolution and pooling.</content>
internal static partial class Catalogue
{
    private static readonly ConvolutionShape Square = new(new ImageShape(2, 3, 3), outputChannels: 2, kernel: 3, padding: 1);
    private static readonly ConvolutionShape Strided = new(new ImageShape(1, 4, 5), outputChannels: 2, kernel: 2, stride: (2, 1), padding: (1, 0));
    private static readonly PoolingShape Windows = new(new ImageShape(1, 4, 4), kernel: 2);
    private static readonly PoolingShape Overlapping = new(new ImageShape(1, 4, 4), kernel: 3, stride: 1);

    private static IEnumerable<Mutant> Images() =>
    [
        Conv(Square, "kernel not flipped on the way back", (w, dy) => dy.Conv2D(w, Square), RightWeights(Square)),
        Conv(Square, "no gradient for the border", (w, dy) => dy.Conv2DInputGradient(w, Square) * Inner(dy.Tape, Square.Input), RightWeights(Square)),
        Conv(Strided, "stride ignored on the way back", (w, dy) => Shifted(dy.Conv2DInputGradient(w, Strided)), RightWeights(Strided)),
        Conv(Strided, "weights' gradient divided by the batch", RightInput(Strided), (x, dy) => x.Conv2DWeightGradient(dy, Strided) / x.Rows),
        Conv(Strided, "weights' gradient of the wrong sign", RightInput(Strided), (x, dy) => -x.Conv2DWeightGradient(dy, Strided)),
        Conv(Square, "weights' gradient of the mean over places", RightInput(Square), (x, dy) => x.Conv2DWeightGradient(dy, Square) / Square.Output.Pixels),
        One("max pool", "every pixel paid", x => x.MaxPool2D(Windows), (x, y, dy) => 4 * dy.AveragePool2DGradient(x, Windows), shapes: Fixed((2, 16))),
        One("max pool", "the mean's gradient", x => x.MaxPool2D(Windows), (x, y, dy) => dy.AveragePool2DGradient(x, Windows), shapes: Fixed((2, 16))),
        One("max pool", "overlapping windows paid once", x => x.MaxPool2D(Overlapping), (x, y, dy) => Plant.Map(x.MaxPoolGradient(Ones(dy), Overlapping), v => v == 0 ? 0 : 1), shapes: Fixed((2, 16))),
        One("average pool", "not divided", x => x.AveragePool2D(Windows), (x, y, dy) => 4 * dy.AveragePool2DGradient(x, Windows), shapes: Fixed((2, 16))),
        One("average pool", "the first pixel gets all", x => x.AveragePool2D(Windows), (x, y, dy) => (0 * x).MaxPoolGradient(dy, Windows), shapes: Fixed((2, 16))),
        One("look up", "the last of equal indices gets all", x => x.LookUp(Twice(x)), (x, y, dy) => BlockOperations.ConcatenateColumns(dy.SliceColumns(x.Rows, x.Rows).Transpose(), 0 * x.SliceColumns(1, x.Columns - 1)), shapes: Fixed((2, 3))),
        One("sum over pixels", "divided by the pixels", x => x.SumOverPixels(new ImageShape(2, 2, 2)), (x, y, dy) => (dy / 4).RepeatOverPixels(x.Rows, new ImageShape(2, 2, 2)), shapes: Fixed((3, 8))),
    ];

    private static Mutant Conv(ConvolutionShape shape, string error, Func<V, V, V> toInput, Func<V, V, V> toWeight) => Two(
        "conv2d",
        error,
        (x, w) => x.Conv2D(w, shape),
        (x, w, y, dy) => toInput(w, dy),
        (x, w, y, dy) => toWeight(x, dy),
        Fixed((2, shape.Input.Columns), (shape.WeightRows, shape.Output.Channels)));

    private static Func<V, V, V> RightWeights(ConvolutionShape shape) => (x, dy) => x.Conv2DWeightGradient(dy, shape);

    private static Func<V, V, V> RightInput(ConvolutionShape shape) => (w, dy) => dy.Conv2DInputGradient(w, shape);

    // The first vector of the table twice, in one row.
    private static V Twice(V x) => x.Tape.Constant(new Autodiff.Shape(1, 2), 0.0);

    private static V Ones(V like) => Plant.Map(like, _ => 1);

    // A pixel further, as when the padding is forgotten.
    private static V Shifted(V x) => BlockOperations.ConcatenateColumns(x.SliceColumns(1, x.Columns - 1), x.SliceColumns(0, 1));

    private static V Inner(Autodiff.Tape<double> tape, ImageShape image)
    {
        MathNet.Numerics.LinearAlgebra.Matrix<double> mask = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(1, image.Columns, (_, column) =>
            column / image.Width % image.Height is > 0 and var row && row < image.Height - 1 && column % image.Width > 0 && column % image.Width < image.Width - 1 ? 1 : 0);
        return tape.Constant(mask);
    }

    private static V AveragePool2DGradient(this V dy, V x, PoolingShape shape) => Gradient(x, z => z.AveragePool2D(shape), dy);

    private static V MaxPoolGradient(this V x, V dy, PoolingShape shape) => Gradient(x, z => z.MaxPool2D(shape), dy);

    // What the engine's own rule sends back, on a tape of its own.
    private static V Gradient(V x, Func<V, V> function, V dy)
    {
        using Autodiff.Tape<double> tape = new();
        V z = tape.Variable(x.Value.Clone());
        return x.Tape.Constant(tape.Gradient(function(z), z, cotangent: tape.Constant(dy.Value.Clone())).Value.Clone());
    }
}
