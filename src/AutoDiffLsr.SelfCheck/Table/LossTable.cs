using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Losses;
using AutoDiffLsr.SelfCheck.Nets;
using FsCheck.Fluent;

namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>One line for each loss, over the whole grid of its options, for mild and for saturated logits.</summary>
internal static class LossTable
{
    public static IReadOnlyList<OperationLine> Lines { get; } =
    [
        WithLabels("ce", "CrossEntropy", LossKind.CrossEntropy, Generators.MildLogits),
        WithLabels("ce-saturated", "CrossEntropy", LossKind.CrossEntropy, Generators.SaturatedLogits),
        WithLabels("lsr", "LabelSmoothing", LossKind.LabelSmoothing, Generators.MildLogits),
        WithLabels("lsr-saturated", "LabelSmoothing", LossKind.LabelSmoothing, Generators.SaturatedLogits),
        WithLabels("sparse-lsr", "SparseLabelSmoothing", LossKind.SparseLabelSmoothing, Generators.MildLogits),
        WithLabels("sparse-lsr-saturated", "SparseLabelSmoothing", LossKind.SparseLabelSmoothing, Generators.SaturatedLogits),
        WithLabels("sparse-lsr-as-published", "SparseLabelSmoothing", LossKind.SparseLabelSmoothingAsPublished, Generators.MildLogits),
        WithLabels("ace", "AbsoluteCrossEntropy", LossKind.AbsoluteCrossEntropy, Generators.MildLogits),
        WithLabels("ace-saturated", "AbsoluteCrossEntropy", LossKind.AbsoluteCrossEntropy, Generators.SaturatedLogits),
        WithTargets("ce-distributions", "CrossEntropy", reduction => new CrossEntropy { Reduction = reduction }),
        WithTargets("lsr-distributions", "LabelSmoothing", reduction => new LabelSmoothing(0.2) { Reduction = reduction }),
        WithTargets("sparse-lsr-distributions", "SparseLabelSmoothing", reduction => new SparseLabelSmoothing(0.2) { Reduction = reduction }),
        WithTargets("ace-distributions", "AbsoluteCrossEntropy", reduction => new AbsoluteCrossEntropy(1, 1.5) { Reduction = reduction }),
        WithTargets("bce", "BinaryCrossEntropy", reduction => new BinaryCrossEntropy { Reduction = reduction }, Domain.Probability),
        WithTargets("mse", "MeanSquaredError", reduction => new MeanSquaredError { Reduction = reduction }),
        WithTargets("mae", "MeanAbsoluteError", reduction => new MeanAbsoluteError { Reduction = reduction }),
        WithTargets("huber", "Huber", reduction => new Huber(0.8125) { Reduction = reduction }),
    ];

    private static OperationLine WithLabels(string name, string type, LossKind kind, Domain logits) => Line.Of(
        name,
        $"{type}.Compute(Variable, Int32[])",
        Shapes.Logits,
        [logits],
        shapes => shapes[0].Columns < 2 ? null : LossGenerator.Losses(kind, shapes[0].Rows, shapes[0].Columns).Select(Use));

    private static FunctionUse Use(LossSpec spec)
    {
        ClassificationLoss loss = spec.Make();
        return FunctionUse.Unary($"{spec}.Compute({{0}}, [{string.Join(", ", spec.Labels)}])", x => loss.Compute(x, spec.Labels), x => loss.Compute(x, spec.Labels)) with
        {
            AfterDrop = (length, index) => spec.AfterDrop(length, index) is { } smaller ? Use(smaller) : null,
        };
    }

    /// <summary>The second input is moved too: a gradient flows to the targets.</summary>
    private static OperationLine WithTargets(string name, string type, Func<Reduction, Loss> make, Domain? targets = null) => Line.Of(
        name,
        $"{type}.Compute(Variable, Variable)",
        Shapes.Equal(2),
        [Domain.Real, targets ?? Domain.Positive],
        shapes => shapes[0] != shapes[1] ? null : Gen.Elements(Reduction.Mean, Reduction.Sum, Reduction.None).Select(reduction => Use($"{name} of Reduction.{reduction}: ({{0}}, {{1}})", make(reduction))));

    private static FunctionUse Use(string text, Loss loss) => loss switch
    {
        ClassificationLoss classification => FunctionUse.Binary(text, classification.Compute, classification.Compute),
        RegressionLoss regression => FunctionUse.Binary(text, regression.Compute, regression.Compute),
        _ => throw new ArgumentException($"'{loss.Name}' takes no targets.", nameof(loss)),
    };
}
