using AutoDiffLsr.Checking.FsCheck.Nets;
using AutoDiffLsr.Losses;
using FsCheck.Fluent;

namespace AutoDiffLsr.Checking.FsCheck.Engine;

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
        WithTargets("ce-distributions", "CrossEntropy.Compute(Variable, Variable)", Distributions),
        WithTargets("bce", "BinaryCrossEntropy.Compute(Variable, Variable)", Binary, Domain.Probability),
        WithTargets("mse", "MeanSquaredError.Compute(Variable, Variable)", Squared),
    ];

    private static OperationLine WithLabels(string name, string type, LossKind kind, Domain logits) => Engine.Lines.Of(
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
    private static OperationLine WithTargets(string name, string covers, Func<Reduction, FunctionUse> use, Domain? targets = null) => Engine.Lines.Of(
        name, covers, Shapes.Equal(2), [Domain.Real, targets ?? Domain.Positive], shapes => shapes[0] != shapes[1] ? null : Gen.Elements(Reduction.Mean, Reduction.Sum, Reduction.None).Select(use));

    private static FunctionUse Distributions(Reduction reduction)
    {
        CrossEntropy loss = new() { Reduction = reduction };
        return FunctionUse.Binary($"new CrossEntropy {{ Reduction = Reduction.{reduction} }}.Compute({{0}}, {{1}})", loss.Compute, loss.Compute);
    }

    private static FunctionUse Binary(Reduction reduction)
    {
        BinaryCrossEntropy loss = new() { Reduction = reduction };
        return FunctionUse.Binary($"new BinaryCrossEntropy {{ Reduction = Reduction.{reduction} }}.Compute({{0}}, {{1}})", loss.Compute, loss.Compute);
    }

    private static FunctionUse Squared(Reduction reduction)
    {
        MeanSquaredError loss = new() { Reduction = reduction };
        return FunctionUse.Binary($"new MeanSquaredError {{ Reduction = Reduction.{reduction} }}.Compute({{0}}, {{1}})", loss.Compute, loss.Compute);
    }
}
