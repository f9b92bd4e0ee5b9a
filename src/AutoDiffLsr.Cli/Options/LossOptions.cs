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
        "For classes: cross-entropy, label smoothing, sparse label smoothing, absolute cross-entropy, or for two classes by one logit binary cross-entropy. For numbers: mean squared error, mean absolute error, or Huber's. Or the file of a learned one (learned.loss.json). (default: sparse-lsr for classes, mse for numbers)",
        null,
        ("ce", LossKind.CrossEntropy),
        ("lsr", LossKind.LabelSmoothing),
        ("sparse-lsr", LossKind.SparseLabelSmoothing),
        ("ace", LossKind.AbsoluteCrossEntropy),
        ("bce", LossKind.BinaryCrossEntropy),
        ("mse", LossKind.MeanSquaredError),
        ("mae", LossKind.MeanAbsoluteError),
        ("huber", LossKind.Huber))
    { Others = static name => LearnedLossFile.IsFileName(name) };

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
    public string Title => "Loss";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [loss, smoothing, form, phi0, phi1];

    /// <summary>Options that were given and have no effect, a sentence each.</summary>
    public IEnumerable<string> Unused(ParseResult result, LossSettings settings)
    {
        if (result.GetResult(smoothing) is { Implicit: false } && (settings.Kind is LossKind.CrossEntropy or LossKind.BinaryCrossEntropy or LossKind.Learned || settings.IsRegression || settings.Phi1 is not null))
            yield return $"--smoothing is not used: {settings.Name} {(settings.Phi1 is null ? "has none" : "with --phi1 has its own")}";
        if (result.GetResult(form) is { Implicit: false } && settings.Kind != LossKind.SparseLabelSmoothing)
            yield return $"--form is not used: {settings.Name} has one form";
    }

    /// <summary>The loss that the arguments ask for.</summary>
    public LossSettings Read(ParseResult result)
    {
        string name = result.GetValue(loss) ?? "sparse-lsr";
        if (LearnedLossFile.IsFileName(name))
            return LossSettings.FromFile("--loss", name);
        LossKind kind = loss.ValueOf(name);
        SparseLsrForm chosenForm = form.Read(result);
        if (chosenForm == SparseLsrForm.AsPublished && kind != LossKind.SparseLabelSmoothing)
            throw new UsageException($"--form as-published is a form of sparse-lsr, but --loss is {name}: use --loss sparse-lsr");
        double? factor = result.GetValue(phi0);
        double? inverse = result.GetValue(phi1);
        if ((factor ?? inverse) is not null && kind != LossKind.AbsoluteCrossEntropy)
            throw new UsageException($"--phi0 and --phi1 belong to ace, but --loss is {name}: use --loss ace");
        return new LossSettings(kind, chosenForm, result.GetRequiredValue(smoothing), factor ?? 1, inverse) { IsGiven = result.GetValue(loss) is not null };
    }
}
