using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>What happens to the outputs of an untrained net when they are moved to where a loss is low.</summary>
/// <param name="Improvement">By how much the metric became better; -∞ where the outputs did not stay finite.</param>
/// <param name="GradientNorms">For each sample the norm of the gradient of its loss by its outputs, afterwards.</param>
internal sealed record RejectionTest(double Improvement, IReadOnlyList<double> GradientNorms)
{
    private const int MostRows = 100, Steps = 1000;
    private const double AdamRate = 0.01;

    /// <summary>Norms that differ by less are equal: two digits of a number near 1.</summary>
    private const double NormTolerance = 1e-2;

    /// <summary>Tries a loss on the first rows of the training part.</summary>
    public static RejectionTest Of(SamplesLoss<float> loss, Samples<float> train, InnerSettings settings, RandomSource random)
    {
        Samples<float> rows = train.Take([.. Enumerable.Range(0, Math.Min(MostRows, train.Count))]);
        Parameter<float> outputs = new("outputs", InitialOutputs(rows, settings, random));
        double before = NetTraining.Metric(outputs.Value, rows);
        Optimizer<float> optimizer = settings.Rejection == Rejection.SmallImprovement
            ? NetTraining.Descent([outputs], settings, settings.LearningRate)
            : new Adam<float>([outputs], AdamRate);
        Parameter<float>[] parameters = [outputs];
        using Tape<float> tape = new();
        for (int step = 0; step < Steps; step++)
        {
            tape.Reset();
            Variable<float> value = loss(tape.Parameter(outputs), rows);
            if (!value.NeedsGradient)
                return new RejectionTest(0, []);
            if (!NetTraining.TryStep(optimizer, tape.Gradients(value, parameters)))
                return new RejectionTest(double.NegativeInfinity, []);
        }

        double improvement = before - NetTraining.Metric(outputs.Value, rows);
        return new RejectionTest(double.IsNaN(improvement) ? double.NegativeInfinity : improvement, Norms(loss, rows, outputs, tape));
    }

    /// <summary>Whether a loss is rejected.</summary>
    public bool Rejects(Rejection rejection) => rejection switch
    {
        Rejection.NoImprovement => !(Improvement > 0),
        Rejection.SmallImprovement => !(Improvement > 0.6),
        _ => false,
    };

    /// <summary>Whether two losses have gradients of equal norms in every sample.</summary>
    public static bool AreEquivalent(IReadOnlyList<double> one, IReadOnlyList<double> other) =>
        one.Count > 0 && one.Count == other.Count && one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= NormTolerance);

    private static Matrix<float> InitialOutputs(Samples<float> rows, InnerSettings settings, RandomSource random)
    {
        Sequential<float> net = NetTraining.Create(rows, settings, random);
        using Tape<float> tape = new();
        using (tape.NoRecording())
            return net.Forward(tape.Constant(rows.Features)).Value.Clone();
    }

    private static double[] Norms(SamplesLoss<float> loss, Samples<float> rows, Parameter<float> outputs, Tape<float> tape)
    {
        tape.Reset();
        Variable<float> at = tape.Parameter(outputs);
        Matrix<float> gradient = tape.Gradient(loss(at, rows), at).Value;
        return [.. gradient.EnumerateRows().Select(row => rows.Count * row.L2Norm()).Select(norm => double.IsFinite(norm) ? norm : double.MaxValue)];
    }
}
