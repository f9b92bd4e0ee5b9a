using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>What is known of each <see cref="FixedLoss"/>.</summary>
internal static class FixedLosses
{
    private const double Smoothing = 0.1;

    /// <summary>Those for a kind of targets, the usual one first.</summary>
    public static IReadOnlyList<FixedLoss> For(bool isClassification) => isClassification
        ? [FixedLoss.CrossEntropy, FixedLoss.LabelSmoothing, FixedLoss.SparseLabelSmoothing]
        : [FixedLoss.SquaredError, FixedLoss.Huber];

    /// <summary>What the tool calls it.</summary>
    public static string Name(this FixedLoss loss) => loss switch
    {
        FixedLoss.SquaredError => "mse",
        FixedLoss.Huber => "huber",
        FixedLoss.CrossEntropy => "ce",
        FixedLoss.LabelSmoothing => "lsr",
        _ => "sparse-lsr",
    };

    /// <summary>The loss, for batches.</summary>
    public static SamplesLoss<float> Create(this FixedLoss loss) => loss switch
    {
        FixedLoss.SquaredError => OfNumbers(new MeanSquaredError().Compute),
        FixedLoss.Huber => OfNumbers(new Huber().Compute),
        FixedLoss.CrossEntropy => OfClasses(new CrossEntropy()),
        FixedLoss.LabelSmoothing => OfClasses(new LabelSmoothing(Smoothing)),
        _ => OfClasses(new SparseLabelSmoothing(Smoothing)),
    };

    private static SamplesLoss<float> OfClasses(ClassificationLoss loss) => (outputs, batch) => loss.Compute(outputs, batch.Labels!);

    private static SamplesLoss<float> OfNumbers(Func<Variable<float>, Variable<float>, Variable<float>> loss) =>
        (outputs, batch) => loss(outputs, outputs.Tape.Constant(batch.Targets!));
}
