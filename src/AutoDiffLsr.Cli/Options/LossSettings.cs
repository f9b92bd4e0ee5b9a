using System.Security.Cryptography;
using System.Text;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Options;

/// <summary>A loss as the user asked for it.</summary>
/// <param name="Kind">Which loss.</param>
/// <param name="Form">The equation, or the published snippet; for SparseLSR only.</param>
/// <param name="Smoothing">ξ, in [0, 1].</param>
/// <param name="Phi0">φ0 of ACE.</param>
/// <param name="Phi1">φ1 of ACE; null sets it so that ACE has the optimum of SparseLSR with this smoothing.</param>
internal sealed record LossSettings(LossKind Kind, SparseLsrForm Form, double Smoothing, double Phi0, double? Phi1)
{
    /// <summary>The learned loss, for that kind.</summary>
    public LearnedLoss? Learned { get; private init; }

    /// <summary>Whether the user named the loss, so that it is not chosen by the task.</summary>
    public bool IsGiven { get; init; } = true;

    /// <summary>Whether the loss is one of numbers.</summary>
    public bool IsRegression => IsLearnedRegression || Kind is LossKind.MeanSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber;

    /// <summary>The smoothing that acts: cross-entropy has none, and neither has an ACE with a φ1 of its own.</summary>
    public double EffectiveSmoothing =>
        Kind is LossKind.CrossEntropy or LossKind.BinaryCrossEntropy or LossKind.Learned || IsRegression || Phi1 is not null ? 0 : Smoothing;

    /// <summary>What the tool calls it.</summary>
    /// <remarks>A learned loss is recognised by a fingerprint of its formula.</remarks>
    public string Name => Learned is null
        ? CreateAny(classes: 2).Name
        : $"learned-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Learned.Formula)).AsSpan(0, 4))}";

    private bool IsLearnedRegression { get; init; }

    private static LossSettings Of(LearnedLossFile file) =>
        new(LossKind.Learned, SparseLsrForm.Equation, 0, 1, null) { Learned = file.Loss, IsLearnedRegression = !file.IsClassification };

    /// <summary>A loss from the file of a search, for classes or numbers.</summary>
    /// <param name="option">The option that names the file, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="classesOnly">Whether the command learns classes only.</param>
    /// <exception cref="UsageException">It is a loss of numbers, and the command learns classes only.</exception>
    /// <exception cref="Files.DataException">The file cannot be read or holds no loss.</exception>
    public static LossSettings FromFile(string option, string path, bool classesOnly = false)
    {
        LearnedLossFile file = LearnedLossFile.Read(path);
        if (!file.IsClassification && classesOnly)
            throw new UsageException($"{option} {path} is a loss for {file.Task}, but this command learns classes: give a loss that was found on classes");
        return Of(file);
    }

    /// <summary>A learned loss from the text that <see cref="LearnedText"/> gave.</summary>
    public static LossSettings FromText(string text) => Of(LearnedLossFile.Parse("a learned loss", Encoding.UTF8.GetBytes(text)));

    /// <summary>A learned loss as the content of its file; null for others.</summary>
    public string? LearnedText() => Learned is null ? null : new LearnedLossFile(Learned, !IsLearnedRegression, new Dictionary<string, string>()).ToText();

    /// <summary>The loss of data: the one that was named, or where none was, mean squared error for numbers.</summary>
    public LossSettings For(bool isRegression) => IsGiven || !isRegression ? this : this with { Kind = LossKind.MeanSquaredError };

    /// <summary>The loss, of classes or of numbers.</summary>
    /// <param name="classes">C, at least 2; any number for a loss of numbers.</param>
    public Loss CreateAny(int classes) => Kind switch
    {
        LossKind.BinaryCrossEntropy => new BinaryCrossEntropy(),
        LossKind.MeanSquaredError => new MeanSquaredError(),
        LossKind.MeanAbsoluteError => new MeanAbsoluteError(),
        LossKind.Huber => new Huber(),
        LossKind.Learned when IsLearnedRegression => new LearnedRegressionLoss(Learned!),
        _ => Create(classes),
    };

    /// <summary>The loss of classes.</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    public ClassificationLoss Create(int classes, Reduction reduction = Reduction.Mean) => Kind switch
    {
        LossKind.CrossEntropy => new CrossEntropy { Reduction = reduction },
        LossKind.LabelSmoothing => new LabelSmoothing(Smoothing) { Reduction = reduction },
        LossKind.Learned => new LearnedClassificationLoss(Learned!) { Reduction = reduction },
        LossKind.SparseLabelSmoothing => new SparseLabelSmoothing(Smoothing, Form) { Reduction = reduction },
        LossKind.BinaryCrossEntropy or LossKind.MeanSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber =>
            throw new UsageException($"the loss {Name} does not take logits of {classes} classes: choose ce, lsr, sparse-lsr or ace"),
        _ => new AbsoluteCrossEntropy(Phi0, Phi1 ?? AbsoluteCrossEntropy.AlignedWithSmoothing(Smoothing, classes).Phi1) { Reduction = reduction },
    };
}
