using AutoDiffLsr.Losses;

namespace AutoDiffLsr.SelfCheck.Nets;

/// <summary>A classification loss with its options and labels, as its C# says it.</summary>
internal sealed record LossSpec(
    LossKind Kind, double First, double Second, Reduction Reduction, int? Ignored, double[]? Weights, double WhenAllIgnored, int[] Labels, int Classes)
{
    public ClassificationLoss Make() => Kind switch
    {
        LossKind.CrossEntropy => new CrossEntropy { Reduction = Reduction, IgnoredLabel = Ignored, ClassWeights = Weights, ValueWhenAllIgnored = WhenAllIgnored },
        LossKind.LabelSmoothing => new LabelSmoothing(First) { Reduction = Reduction, IgnoredLabel = Ignored, ClassWeights = Weights, ValueWhenAllIgnored = WhenAllIgnored },
        LossKind.AbsoluteCrossEntropy => new AbsoluteCrossEntropy(First, Second) { Reduction = Reduction, IgnoredLabel = Ignored, ClassWeights = Weights, ValueWhenAllIgnored = WhenAllIgnored },
        _ => new SparseLabelSmoothing(First, Kind == LossKind.SparseLabelSmoothing ? SparseLsrForm.Equation : SparseLsrForm.AsPublished)
        {
            Reduction = Reduction,
            IgnoredLabel = Ignored,
            ClassWeights = Weights,
            ValueWhenAllIgnored = WhenAllIgnored,
        },
    };

    /// <summary>The loss for logits without one row or one class; null where a class cannot go.</summary>
    public LossSpec? AfterDrop(int length, int index)
    {
        LossSpec result = this;
        if (Labels.Length == length)
            result = result with { Labels = [.. Labels.Where((_, row) => row != index)] };
        if (Classes != length)
            return result;
        return Classes <= 2 ? null : result with
        {
            Classes = Classes - 1,
            Labels = Array.ConvertAll(result.Labels, label => label == Ignored ? label : Math.Min(label > index ? label - 1 : label, Classes - 2)),
            Weights = Weights is null ? null : [.. Weights.Where((_, c) => c != index)],
        };
    }

    public override string ToString()
    {
        string[] options =
        [
            .. Reduction == Reduction.Mean ? [] : new[] { $"Reduction = Reduction.{Reduction}" },
            .. Ignored is null ? [] : new[] { $"IgnoredLabel = {Ignored}" },
            .. Weights is null ? [] : new[] { FormattableString.Invariant($"ClassWeights = [{string.Join(", ", Weights)}]") },
            .. WhenAllIgnored == 0 ? [] : new[] { FormattableString.Invariant($"ValueWhenAllIgnored = {WhenAllIgnored}") },
        ];
        return $"new {Constructor()}{(options.Length == 0 ? "" : $" {{ {string.Join(", ", options)} }}")}";
    }

    private string Constructor() => Kind switch
    {
        LossKind.CrossEntropy => "CrossEntropy()",
        LossKind.LabelSmoothing => FormattableString.Invariant($"LabelSmoothing({First})"),
        LossKind.AbsoluteCrossEntropy => FormattableString.Invariant($"AbsoluteCrossEntropy({First}, {Second})"),
        LossKind.SparseLabelSmoothing => FormattableString.Invariant($"SparseLabelSmoothing({First})"),
        _ => FormattableString.Invariant($"SparseLabelSmoothing({First}, SparseLsrForm.AsPublished)"),
    };
}
