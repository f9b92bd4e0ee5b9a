using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Losses: right values with wrong gradients, and wrong values with the gradients that belong to them.</content>
internal static partial class Catalogue
{
    private const int Rows = 4, Classes = 3;
    private const double Smoothing = 0.25, Spread = Smoothing * (Classes - 1) / Classes;
    private static readonly int[] SomeIgnored = [2, -1, 1, 2];
    private static readonly double[] ClassWeights = [0.5, 2, 1];

    private static IEnumerable<Mutant> LossGradients() =>
    [
        Loss("ce", "label left out", new CrossEntropy(), (z, dy) => z.Softmax() * dy / Rows),
        Loss("ce", "label off by one", new CrossEntropy(), (z, dy) => (z.Softmax() - OneHot(z, [0, 1, 2, 0])) * dy / Rows),
        Loss("ce", "sum for mean", new CrossEntropy(), (z, dy) => (z.Softmax() - OneHot(z, SomeLabels)) * dy),
        Loss("ce", "wrong sign", new CrossEntropy(), (z, dy) => (OneHot(z, SomeLabels) - z.Softmax()) * dy / Rows),
        Loss("ce", "cotangent ignored", new CrossEntropy(), (z, dy) => (z.Softmax() - OneHot(z, SomeLabels)) / Rows),
        Loss("ce, ignored rows", "all rows in the denominator", new CrossEntropy { IgnoredLabel = -1 }, (z, dy) => (z.Softmax() - OneHot(z, SomeIgnored)) * Counted(z) * dy / Rows, SomeIgnored),
        Loss("ce, ignored rows", "an ignored row has a gradient", new CrossEntropy { IgnoredLabel = -1 }, (z, dy) => (z.Softmax() - OneHot(z, SomeIgnored)) * dy / (Rows - 1), SomeIgnored),
        Loss("ce, class weights", "weights left out", new CrossEntropy { ClassWeights = ClassWeights }, (z, dy) => (z.Softmax() - OneHot(z, SomeLabels)) * dy / Rows),
        Loss("ce, class weights", "divided by the rows", new CrossEntropy { ClassWeights = ClassWeights }, (z, dy) => (z.Softmax() - OneHot(z, SomeLabels)) * Weights(z) * dy / Rows),
        Loss("lsr", "smoothed over C-1", new LabelSmoothing(Smoothing), (z, dy) => (z.Softmax() - ((1 - Smoothing) * OneHot(z, SomeLabels)) - (Smoothing / (Classes - 1) * (1 - OneHot(z, SomeLabels)))) * dy / Rows),
        Loss("lsr", "not smoothed", new LabelSmoothing(Smoothing), (z, dy) => (z.Softmax() - OneHot(z, SomeLabels)) * dy / Rows),
        Loss("sparse-lsr", "the published sign", new SparseLabelSmoothing(Smoothing), (z, dy) => Sparse(z, (p, _) => -(1 - Spread) * (1 - p) - (Spread * p)) * dy / Rows),
        Loss("sparse-lsr", "lsr's gradient", new SparseLabelSmoothing(Smoothing), (z, dy) => (z.Softmax() - ((1 - Smoothing) * OneHot(z, SomeLabels)) - (Smoothing / Classes)) * dy / Rows),
        Loss("sparse-lsr", "the clamp at 1e-7", new SparseLabelSmoothing(Smoothing), (z, dy) => Sparse(z, (p, d) => d > 16.118 ? -(1 - Spread) * (1 - p) : p - 1 + Spread) * dy / Rows, domain: Generators.SaturatedLogits),
        Loss("sparse-lsr", "1e-7 added to 1 - p", new SparseLabelSmoothing(Smoothing), (z, dy) => Sparse(z, (p, _) => -((1 - Spread) * (1 - p)) + (Spread * p * (1 - p) / (1 - p + 1e-7))) * dy / Rows, domain: Generators.SaturatedLogits),
        Loss("ace", "no sign", new AbsoluteCrossEntropy(1, 2), (z, dy) => Sparse(z, (p, _) => p - 1) * dy / Rows),
        Loss("ace", "φ1 left out", new AbsoluteCrossEntropy(2, 2), (z, dy) => Sparse(z, (p, _) => Math.Sign(Math.Log(2 * p)) * (1 - p)) * dy / Rows),
        Two("mse", "missing 2", new MeanSquaredError().Compute, (x, t, y, dy) => (x - t) * dy / x.Shape.Count, (x, t, y, dy) => (t - x) * dy / x.Shape.Count),
        Two("mse", "divided by the rows", new MeanSquaredError().Compute, (x, t, y, dy) => 2 * (x - t) * dy / x.Rows, (x, t, y, dy) => 2 * (t - x) * dy / x.Rows, Fixed((4, 3), (4, 3))),
        Two("bce", "p for p - t", new BinaryCrossEntropy().Compute, (z, t, y, dy) => z.Sigmoid() * dy / z.Shape.Count, (z, t, y, dy) => -z * dy / z.Shape.Count, second: Domain.Probability),
    ];

    private static IEnumerable<Mutant> LossValues() =>
    [
        Value("sparse-lsr", "value: the published sign", new SparseLabelSmoothing(Smoothing), z => new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished).Compute(z, SomeLabels)),
        Value("sparse-lsr", "value: clamped at 0.05", new SparseLabelSmoothing(Smoothing), z => PerRow(z, SomeLabels, (p, rest) => -((1 - Spread) * p.Log()) - (Spread * (rest.Clamp(0.05, 1) / (Classes - 1)).Log()))),
        Value("lsr", "value: smoothed over C-1", new LabelSmoothing(Smoothing), z => new LabelSmoothing(Smoothing * Classes / (Classes - 1)).Compute(z, SomeLabels)),
        Value("lsr", "value: not smoothed", new LabelSmoothing(Smoothing), z => new CrossEntropy().Compute(z, SomeLabels)),
        Value("ce", "value: label off by one", new CrossEntropy(), z => new CrossEntropy().Compute(z, [0, 1, 2, 0])),
        Value("ce", "value: sum for mean", new CrossEntropy(), z => new CrossEntropy { Reduction = Reduction.Sum }.Compute(z, SomeLabels)),
        Value("ce, ignored rows", "value: all rows in the denominator", new CrossEntropy { IgnoredLabel = -1 }, z => new CrossEntropy { IgnoredLabel = -1, Reduction = Reduction.Sum }.Compute(z, SomeIgnored) / Rows, SomeIgnored),
        Value("ce", "value: an epsilon in the logarithm", new CrossEntropy(), z => PerRow(z, SomeLabels, (p, _) => -(p + 1e-5).Log())),
    ];

    private static Mutant Loss(string operation, string error, ClassificationLoss loss, Func<V, V, V> gradient, int[]? labels = null, Domain? domain = null) => One(
        operation, error, z => loss.Compute(z, labels ?? SomeLabels), (z, y, dy) => gradient(z, dy), domain ?? Generators.MildLogits, Fixed((Rows, Classes)));

    private static Mutant Value(string operation, string error, ClassificationLoss loss, Func<V, V> wrong, int[]? labels = null) =>
        new(operation, error, Fixed((Rows, Classes)), [Generators.MildLogits], (_, x) => wrong(x[0]), (_, x) => loss.Compute(x[0], labels ?? SomeLabels))
        {
            Reference = inputs => LossReference.Mean(loss, inputs[0], labels ?? SomeLabels),
        };

    private static V OneHot(V z, int[] labels) => z.Tape.Constant(new Shape(Rows, 1), 1.0).ScatterByLabel(labels, Classes);

    private static V Counted(V z) => Column(z, SomeIgnored, label => label < 0 ? 0 : 1);

    private static V Weights(V z) => Column(z, SomeLabels, label => ClassWeights[label]);

    private static V Column(V z, int[] labels, Func<int, double> value) =>
        z.Tape.Constant(Matrix<double>.Build.Dense(labels.Length, 1, (row, _) => value(labels[row])));

    /// <summary>slope·(e_t - q) for a slope of (p_t, margin): the form of every margin loss.</summary>
    private static V Sparse(V z, Func<double, double, double> slope)
    {
        V margin = z.GatherByLabel(SomeLabels) - z.LogSumExpOfOthers(SomeLabels);
        V slopes = Plant.Map(margin, d => slope(1 / (1 + Math.Exp(-d)), d));
        return slopes * (OneHot(z, SomeLabels) - z.SoftmaxOfOthers(SomeLabels));
    }

    private static V PerRow(V z, int[] labels, Func<V, V, V> loss)
    {
        V p = z.Softmax().GatherByLabel(labels);
        return loss(p, 1 - p).Mean();
    }
}
