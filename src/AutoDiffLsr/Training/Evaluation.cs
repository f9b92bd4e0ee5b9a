using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>
/// How good predictions are, from outputs that come batch by batch: the metrics that fit the targets. Everything is summed in double; before the first
/// sample the averages are NaN. A metric that the targets do not have is an <see cref="InvalidOperationException"/>.
/// </summary>
/// <remarks>
/// <para>Classes (also from soft labels, each as its likeliest class): accuracy, top-k accuracy, likelihood, calibration, confusions. Numbers and
/// autoencoders: root mean squared error, mean absolute error, R². Binary labels: accuracy and area under the curve of each label and on average.</para>
/// <para>A row with a NaN logit predicts nothing: it counts as wrong, makes the averages of probabilities NaN, and is missing in the confusions.</para>
/// </remarks>
public sealed class Evaluation
{
    private readonly ClassScores? classScores;
    private readonly NumberScores? numberScores;
    private readonly BinaryScores? binaryScores;
    private double lossSum, lossWeight;
    private long lossCount;

    /// <summary>No samples of classes yet.</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="top">How many of the largest logits <see cref="TopAccuracy"/> looks at; at most C of them.</param>
    /// <param name="calibrationBins">How many bins of confidence <see cref="CalibrationError"/> has; 15 is the literature's number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public Evaluation(int classes, int top = 5, int calibrationBins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(calibrationBins, 1);
        (Kind, classScores) = (TargetKind.Labels, new ClassScores(classes, top, calibrationBins));
    }

    /// <summary>No samples yet of targets of some kind.</summary>
    /// <param name="kind">What the targets are.</param>
    /// <param name="columns">C classes, K numbers or K binary labels, or the width of an autoencoder.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, or there are too few columns.</exception>
    public Evaluation(TargetKind kind, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, kind is TargetKind.Labels or TargetKind.Distributions ? 2 : 1);
        Kind = Enum.IsDefined(kind) ? kind : throw new ArgumentOutOfRangeException(nameof(kind), kind, $"kind is {kind}; it must be one of {string.Join(", ", Enum.GetNames<TargetKind>())}.");
        classScores = kind is TargetKind.Labels or TargetKind.Distributions ? new ClassScores(columns, top: 5, calibrationBins: 15) : null;
        numberScores = kind is TargetKind.Numbers or TargetKind.Input ? new NumberScores(columns) : null;
        binaryScores = kind == TargetKind.BinaryLabels ? new BinaryScores(columns) : null;
    }

    /// <summary>What the loss alone is known of: the outputs of a model with a loss function of its own, which fit no targets.</summary>
    private Evaluation(TargetKind kind) => Kind = kind;

    /// <summary>What the targets are.</summary>
    public TargetKind Kind { get; }

    /// <summary>A label whose rows do not count; none by default.</summary>
    public int? IgnoredLabel
    {
        get => classScores?.IgnoredLabel;
        init
        {
            if (classScores is not null)
                classScores.IgnoredLabel = value;
        }
    }

    /// <summary>The number of samples that count.</summary>
    public long Count => classScores?.Count ?? numberScores?.Count ?? binaryScores?.Count ?? lossCount;

    /// <summary>The mean of the loss that was added, NaN if none was.</summary>
    public double Loss => lossSum / lossWeight;

    /// <summary>
    /// The one number that histories show: <see cref="Accuracy"/> for classes and binary labels, <see cref="RootMeanSquaredError"/> for numbers and
    /// autoencoders; NaN where only a loss is known.
    /// </summary>
    public double Score => classScores?.Accuracy ?? binaryScores?.Accuracy() ?? numberScores?.RootMeanSquaredError() ?? double.NaN;

    /// <summary>C, the number of classes.</summary>
    public int Classes => OfClasses().Classes;

    /// <summary>k, how many of the largest logits <see cref="TopAccuracy"/> looks at.</summary>
    public int Top => OfClasses().Top;

    /// <summary>
    /// The share of samples whose largest logit (the first of equals) is at the label; for binary labels the share of all labels whose logit is above 0 where
    /// they are yes, and not above 0 where they are no.
    /// </summary>
    public double Accuracy => binaryScores?.Accuracy() ?? OfClasses().Accuracy;

    /// <summary>The share of samples whose label is among the <see cref="Top"/> largest logits.</summary>
    public double TopAccuracy => OfClasses().TopAccuracy;

    /// <summary>The mean of -ln p(label), in nats: cross-entropy, whatever the loss in training was.</summary>
    public double NegativeLogLikelihood => OfClasses().NegativeLogLikelihood;

    /// <summary>
    /// Expected calibration error: Σ |share right - mean confidence|·share of samples, over bins of equal width of the predicted class's probability
    /// (Guo et al. 2017, arXiv 1706.04599).
    /// </summary>
    public double CalibrationError => OfClasses().CalibrationError;

    /// <summary>The pairs of classes that occurred, in the order of labels, then of predictions.</summary>
    public IEnumerable<Confusion> Confusions => OfClasses().Confusions();

    /// <summary>√ of the mean squared error over all entries, in the targets' unit.</summary>
    public double RootMeanSquaredError => OfNumbers().RootMeanSquaredError();

    /// <summary>The mean size of the error over all entries, in the targets' unit.</summary>
    public double MeanAbsoluteError => OfNumbers().MeanAbsoluteError();

    /// <summary>R² = 1 - Σ (x - t)² / Σ (t - mean t)², averaged over the columns: 1 is perfect, 0 as good as the mean. NaN if a column's targets are all the same.</summary>
    public double RSquared => OfNumbers().RSquared();

    /// <summary>The share of samples whose binary labels are all right.</summary>
    public double ExactAccuracy => OfBinaryLabels().ExactAccuracy;

    /// <summary>The area under the ROC curve, averaged over the binary labels; NaN if a label is all yes or all no.</summary>
    public double AreaUnderCurve => OfBinaryLabels().AreaUnderCurve();

    /// <summary>How many samples of one class were taken for another.</summary>
    /// <param name="label">The class that they are.</param>
    /// <param name="predicted">The class that was predicted.</param>
    /// <returns>The count.</returns>
    public long Confusion(int label, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes, nameof(label));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
        return OfClasses().Confusion(label, predicted);
    }

    /// <summary>The confusion matrix: a row for each label, a column for each predicted class. Of many classes, <see cref="Confusions"/> takes less memory.</summary>
    /// <returns>C x C.</returns>
    public long[,] ConfusionMatrix()
    {
        long[,] matrix = new long[Classes, Classes];
        foreach (Confusion pair in Confusions)
            matrix[pair.Label, pair.Predicted] = pair.Count;
        return matrix;
    }

    /// <summary><see cref="RootMeanSquaredError"/> of one target.</summary>
    /// <param name="column">Which, in 0..K-1.</param>
    /// <returns>The error, in the target's unit.</returns>
    public double RootMeanSquaredErrorOf(int column) => OfNumbers().RootMeanSquaredError(column);

    /// <summary><see cref="MeanAbsoluteError"/> of one target.</summary>
    /// <param name="column">Which, in 0..K-1.</param>
    /// <returns>The error, in the target's unit.</returns>
    public double MeanAbsoluteErrorOf(int column) => OfNumbers().MeanAbsoluteError(column);

    /// <summary><see cref="RSquared"/> of one target.</summary>
    /// <param name="column">Which, in 0..K-1.</param>
    /// <returns>R², at most 1; NaN if its targets are all the same.</returns>
    public double RSquaredOf(int column) => OfNumbers().RSquared(column);

    /// <summary>The accuracy of one binary label.</summary>
    /// <param name="column">Which, in 0..K-1.</param>
    /// <returns>The share of samples whose logit is on the right side of 0.</returns>
    public double AccuracyOf(int column) => OfBinaryLabels().Accuracy(column);

    /// <summary>The area under the ROC curve of one binary label.</summary>
    /// <param name="column">Which, in 0..K-1.</param>
    /// <returns>The area; NaN if the label is all yes or all no.</returns>
    public double AreaUnderCurveOf(int column) => OfBinaryLabels().AreaUnderCurve(column);

    /// <summary>Adds the samples of a batch.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">Dense, N x C; or N x 1 for two classes, the logit of the second.</param>
    /// <param name="labels">N labels, each in 0..C-1 or the ignored one.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a label is no class.</exception>
    public void Add<T>(Matrix<T> logits, ReadOnlySpan<int> labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.ColumnCount != Classes && !(logits.ColumnCount == 1 && Classes == 2))
            throw new ArgumentException($"The logits have {logits.ColumnCount} columns, but there are {Classes} classes.", nameof(logits));
        if (logits.RowCount != labels.Length)
            throw new ArgumentException($"The logits have {logits.RowCount} rows, but there are {labels.Length} labels.", nameof(labels));
        CheckLabels(labels);
        OfClasses().Add(logits, labels);
    }

    /// <summary>Adds the samples of a batch.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">Dense, N x K.</param>
    /// <param name="targets">Dense, of the same shape: numbers, binary labels, or distributions over the classes.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public void Add<T>(Matrix<T> outputs, Matrix<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        int columns = classScores?.Classes ?? numberScores?.Columns ?? binaryScores?.Columns ?? 0;
        if (outputs.ColumnCount != columns || targets.ColumnCount != columns || outputs.RowCount != targets.RowCount)
        {
            throw new ArgumentException(
                $"The outputs are {outputs.RowCount}x{outputs.ColumnCount}, the targets {targets.RowCount}x{targets.ColumnCount}; both must be N x {columns}.", nameof(outputs));
        }

        classScores?.Add(outputs, targets);
        numberScores?.Add(outputs, targets);
        binaryScores?.Add(outputs, targets);
    }

    /// <summary>Adds the loss of some samples.</summary>
    /// <param name="sum">The sum of their losses.</param>
    /// <param name="weight">How many they are, or the sum of their weights.</param>
    public void AddLoss(double sum, double weight)
    {
        lossSum += sum;
        lossWeight += weight;
    }

    /// <summary>The metrics that fit the targets of some data and the width of a model's output.</summary>
    internal static Evaluation For<T>(Dataset<T> dataset, int outputColumns, int? ignoredLabel)
        where T : struct, IFloatingPointIeee754<T>
    {
        int columns = dataset.Targets.Kind == TargetKind.Labels && outputColumns > 1 ? outputColumns : dataset.TargetColumns;
        return dataset.Fits(outputColumns) ? new Evaluation(dataset.Targets.Kind, columns) { IgnoredLabel = ignoredLabel } : new Evaluation(dataset.Targets.Kind);
    }

    /// <summary>Adds a batch, whatever its targets are.</summary>
    internal void Add<T>(Matrix<T> outputs, Batch<T> batch)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (classScores is null && numberScores is null && binaryScores is null)
            lossCount += batch.Count;
        else if (batch.HasLabels)
            Add(outputs, batch.Labels);
        else
            Add(outputs, batch.Targets);
    }

    private void CheckLabels(ReadOnlySpan<int> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)Classes && labels[i] != IgnoredLabel)
                throw new ArgumentException($"labels[{i}] is {labels[i]}, but logits have {Classes} classes (0..{Classes - 1}).", nameof(labels));
        }
    }

    private ClassScores OfClasses([CallerMemberName] string metric = "") => classScores ?? throw Missing(metric, "classes");

    private NumberScores OfNumbers([CallerMemberName] string metric = "") => numberScores ?? throw Missing(metric, "numbers and autoencoders");

    private BinaryScores OfBinaryLabels([CallerMemberName] string metric = "") => binaryScores ?? throw Missing(metric, "binary labels");

    private InvalidOperationException Missing(string metric, string owners) =>
        new($"{metric} is a metric of {owners}; these targets are of the kind {Kind}{(lossCount > 0 ? ", of which only the loss is known" : "")}.");
}
