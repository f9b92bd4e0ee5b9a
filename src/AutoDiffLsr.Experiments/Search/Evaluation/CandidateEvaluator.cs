using System.Security.Cryptography;
using System.Text;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>Judges losses. Every result is a function of data, settings, seed and the candidate's key alone: where and when it is computed makes no difference.</summary>
internal sealed class CandidateEvaluator(SearchData data, InnerSettings settings, long seed)
{
    /// <summary>Weights start at 1 + this times a normal draw.</summary>
    private const double WeightSpread = 0.001;

    /// <summary>A fingerprint of what every result depends on besides the candidate.</summary>
    public string Context { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{data.Hash}; {seed}; {settings.Text()}"))).AsSpan(0, 8));

    /// <summary>Finds the weights of a loss, and tries it on outputs alone.</summary>
    /// <param name="learns">Whether local search changes its weights.</param>
    /// <param name="fromOnes">Whether its weights start near 1, and not as they are.</param>
    /// <param name="purpose">What is drawn at random is a function of the seed and of this text.</param>
    /// <param name="cancellation">Stops it.</param>
    public PreparedLoss Prepare(LearnedLoss loss, bool learns, bool fromOnes, string purpose, CancellationToken cancellation)
    {
        RandomSource random = new RandomSource(seed).Fork(purpose);
        if (learns && settings.MetaSteps > 0)
        {
            if (LocalSearch.Run(fromOnes ? Perturbed(loss, random.Fork("start")) : loss, data, settings, random.Fork("local search"), cancellation) is not { } found)
                return new PreparedLoss(PreparedLoss.Flat(loss.Weights), Fate.Unsuitable, double.NegativeInfinity, []);
            loss = found;
        }

        double[][] weights = PreparedLoss.Flat(loss.Weights);
        if (settings is { Rejection: Rejection.Never, GradientEquivalence: false })
            return new PreparedLoss(weights, Fate.Trained, double.NaN, []);
        cancellation.ThrowIfCancellationRequested();
        RejectionTest test = RejectionTest.Of(LossOf(loss), data.Train, settings, random.Fork("rejection"));
        Fate fate = test.Rejects(settings.Rejection) ? Fate.Rejected : Fate.Trained;
        return new PreparedLoss(weights, fate, test.Improvement, settings.GradientEquivalence && fate == Fate.Trained ? test.GradientNorms : []);
    }

    /// <summary>The validation metric of a net that was trained with a loss; infinite where it did not stay finite.</summary>
    /// <param name="learningRate">That of gradient descent.</param>
    /// <param name="purpose">What the net's weights and batches are drawn for.</param>
    /// <param name="onTest">Whether the test part is looked at in place of the validation part.</param>
    /// <param name="cancellation">Stops it.</param>
    public double Fitness(SamplesLoss<float> loss, double learningRate, string purpose, bool onTest, CancellationToken cancellation)
    {
        RandomSource random = new RandomSource(seed).Fork(purpose);
        return NetTraining.Train(data.Train, loss, settings, learningRate, random, cancellation) is { } net
            ? NetTraining.Metric(net, onTest ? data.Test : data.Validation)
            : double.PositiveInfinity;
    }

    /// <summary>A loss that may be of classes or numbers, for batches of either.</summary>
    public static SamplesLoss<float> LossOf(LearnedLoss loss) =>
        (outputs, batch) => batch.Labels is { } labels ? loss.Compute(outputs, labels) : loss.Compute(outputs, outputs.Tape.Constant(batch.Targets!));

    private static LearnedLoss Perturbed(LearnedLoss loss, RandomSource random) =>
        loss.WithWeights([.. loss.Weights.Select(weight => Matrix<double>.Build.Dense(weight.RowCount, weight.ColumnCount, (_, _) => 1 + (WeightSpread * random.NextNormal())))]);
}
