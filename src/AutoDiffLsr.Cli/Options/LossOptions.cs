using System.CommandLine;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Which loss, and its numbers.</summary>
internal sealed class LossOptions : IOptionGroup
{
    private const double DefaultSmoothing = 0.1;

    private readonly ChoiceOption<LossKind> loss = new(
        "--loss",
        "The loss: cross-entropy, label smoothing, sparse label smoothing, absolute cross-entropy, or the file of a learned one (learned.loss.json).",
        "sparse-lsr",
        ("ce", LossKind.CrossEntropy),
        ("lsr", LossKind.LabelSmoothing),
        ("sparse-lsr", LossKind.SparseLabelSmoothing),
        ("ace", LossKind.AbsoluteCrossEntropy))
    { Others = LearnedLossFile.IsFileName };

    private readonly ChoiceOption<SparseLsrForm> form = new(
        "--form",
        "For sparse-lsr: the paper's equation, or the published snippet with its reversed sign (a negative control).",
        "equation",
        ("equation", SparseLsrForm.Equation),
        ("as-published", SparseLsrForm.AsPublished));

    private readonly Option<double> smoothing = NumberOption.Real(
        "--smoothing", "The share of the label's weight that is spread over all classes; ce has none, ace takes the optimum of sparse-lsr.", Interval.Closed(0, 1), DefaultSmoothing);

    private readonly Option<double?> phi0 = NumberOption.OptionalReal("--phi0", "For ace: the factor of the loss (default: 1).", Interval.Positive);

    private readonly Option<double?> phi1 = NumberOption.OptionalReal(
        "--phi1", "For ace: the inverse of the label probability that has loss 0 (default: from --smoothing).", Interval.Positive);

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [loss, smoothing, form, phi0, phi1];

    /// <summary>The loss that the arguments ask for.</summary>
    public LossSettings Read(ParseResult result)
    {
        if (LearnedLossFile.IsFileName(result.GetRequiredValue(loss)))
            return LossSettings.FromFile("--loss", result.GetRequiredValue(loss));
        LossKind kind = loss.Read(result);
        SparseLsrForm chosenForm = form.Read(result);
        if (chosenForm == SparseLsrForm.AsPublished && kind != LossKind.SparseLabelSmoothing)
            throw new UsageException($"--form as-published is a form of sparse-lsr, but --loss is {result.GetRequiredValue(loss)}: use --loss sparse-lsr");
        double? factor = result.GetValue(phi0);
        double? inverse = result.GetValue(phi1);
        if ((factor ?? inverse) is not null && kind != LossKind.AbsoluteCrossEntropy)
            throw new UsageException($"--phi0 and --phi1 belong to ace, but --loss is {result.GetRequiredValue(loss)}: use --loss ace");
        return new LossSettings(kind, chosenForm, result.GetRequiredValue(smoothing), factor ?? 1, inverse);
    }
}
