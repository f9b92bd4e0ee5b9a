using System.Diagnostics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments;

/// <summary>What value and gradient of a loss cost, in float.</summary>
/// <param name="Method">Which computation.</param>
/// <param name="Classes">C.</param>
/// <param name="Rows">The rows of the batch.</param>
/// <param name="Seconds">The median time of a batch once memory is there.</param>
/// <param name="Bytes">The memory that the tape holds after a batch, without the logits.</param>
public sealed record LossCost(LossCostMethod Method, int Classes, int Rows, double Seconds, long Bytes)
{
    private const double Smoothing = 0.1;
    private const int LogitsAtMost = 4_000_000, FewestRounds = 5, MostRounds = 200;
    private static readonly TimeSpan TimeForEach = TimeSpan.FromMilliseconds(400);

    /// <summary>Measures all methods for one C on one thread, interleaved, so that load on the machine affects all alike.</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <returns>One for each method.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<LossCost> Measure(int classes, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        int threads = Compute.Threads;
        Compute.Threads = 1;
        try
        {
            return MeasureHere(classes, cancellation);
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    private static LossCost[] MeasureHere(int classes, CancellationToken cancellation)
    {
        int rows = Math.Clamp(LogitsAtMost / classes, 16, 128);
        Matrix<float> logits = Draw(rows, classes, out int[] labels);
        LossCostMethod[] methods = Enum.GetValues<LossCostMethod>();
        Tape<float>[] tapes = [.. methods.Select(_ => new Tape<float>())];
        List<double>[] times = [.. methods.Select(_ => new List<double>())];
        long[] bytes = [.. methods.Select((method, i) => Held(method, tapes[i], logits, labels))];
        long start = Stopwatch.GetTimestamp();
        while (times[0].Count < FewestRounds || (times[0].Count < MostRounds && Stopwatch.GetElapsedTime(start) < methods.Length * TimeForEach))
        {
            for (int i = 0; i < methods.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                long begun = Stopwatch.GetTimestamp();
                Run(methods[i], tapes[i], logits, labels);
                times[i].Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }
        }

        foreach (Tape<float> tape in tapes)
            tape.Dispose();
        return [.. methods.Select((method, i) => new LossCost(method, classes, rows, Median(times[i]), bytes[i]))];
    }

    private static long Held(LossCostMethod method, Tape<float> tape, Matrix<float> logits, int[] labels)
    {
        Run(method, tape, logits, labels);
        return tape.Bytes;
    }

    private static void Run(LossCostMethod method, Tape<float> tape, Matrix<float> logits, int[] labels)
    {
        tape.Reset();
        Variable<float> z = tape.Variable(logits);
        Variable<float> loss = method switch
        {
            LossCostMethod.OneHotLabelSmoothing => PublishedArithmetic.OneHotLabelSmoothing(z, labels, Smoothing),
            LossCostMethod.PublishedSparse => PublishedArithmetic.SparseLabelSmoothing(z, labels, Smoothing),
            LossCostMethod.FusedLabelSmoothing => new LabelSmoothing(Smoothing).Compute(z, labels),
            _ => new SparseLabelSmoothing(Smoothing).Compute(z, labels),
        };
        tape.Gradient(loss, z);
    }

    private static Matrix<float> Draw(int rows, int classes, out int[] labels)
    {
        RandomSource random = new(1);
        labels = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(classes))];
        return Matrix<float>.Build.Dense(rows, classes, (_, _) => (float)((4 * random.NextDouble()) - 2));
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
