using System.Numerics;
using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>
/// Float against double on the same generic function, at inputs that are exact in float. The difference that rounding explains is measured, not guessed:
/// by how much the double result moves when the inputs move by one rounding of float, plus one rounding of the result.
/// </summary>
internal sealed class SinglePrecisionCheck : ICheck
{
    private const int Perturbations = 3;

    public CheckKind Kind => CheckKind.SinglePrecision;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        if (context.Function.ComputeSingle is not { } single)
            return CheckResult.Pass(Kind);
        double[][] at = [.. context.At.Select(slot => Array.ConvertAll(slot, value => (double)(float)value))];
        using Workbench<float> bench = new(single, context.InputShapes, context.Function.SingleParameters);
        Sample exact = context.Bench.Evaluate(at), rounded = bench.Evaluate(at);
        if (!exact.IsFinite || exact.Branch != rounded.Branch)
            return CheckResult.Pass(Kind) with { MetKink = exact.Branch != rounded.Branch };
        double[] cotangent = context.Cotangent(random);
        Slot[] slots = [new Slot("the value", context.Bench.OutputShape), .. context.Slots.Select(slot => slot with { Name = $"the gradient of {slot.Name}" })];
        double[][] truth = ValueAndGradient(context.Bench, exact, at, cotangent), actual = ValueAndGradient(bench, rounded, at, cotangent);
        return Compare(slots, truth, actual, Bounds(context, random, at, cotangent, truth, exact.Branch), context.Options.SingleFactor);
    }

    private static double[][] ValueAndGradient<T>(Workbench<T> bench, Sample value, double[][] at, double[] cotangent)
        where T : struct, IFloatingPointIeee754<T> => [value.Outputs, .. bench.Vjp(at, cotangent)];

    /// <summary>How far each entry may be off for each unit of the factor.</summary>
    private static double[][] Bounds(CheckContext context, RandomSource random, double[][] at, double[] cotangent, double[][] truth, ulong branch)
    {
        double terms = 1 + Point.Largest(cotangent);
        double[][] bounds = [.. truth.Select(slot => Enumerable.Repeat(Rounding.Single * Math.Max(terms, Point.Largest(slot)) * Math.Sqrt(slot.Length), slot.Length).ToArray())];
        for (int i = 0; i < Perturbations; i++)
        {
            double[][] near = [.. at.Select(slot => Nudge(random, slot))];
            double[] nearCotangent = Nudge(random, cotangent);
            Sample sample = context.Bench.Evaluate(near);
            if (!sample.IsFinite || sample.Branch != branch)
                continue;
            double[][] moved = ValueAndGradient(context.Bench, sample, near, nearCotangent);
            for (int s = 0; s < truth.Length; s++)
            {
                for (int j = 0; j < truth[s].Length; j++)
                    bounds[s][j] += Math.Abs(moved[s][j] - truth[s][j]);
            }
        }

        return bounds;
    }

    private static double[] Nudge(RandomSource random, double[] values) =>
        Array.ConvertAll(values, value => value * (1 + (Rounding.Single * (random.NextInt(2) == 0 ? 1 : -1))));

    private CheckResult Compare(Slot[] slots, double[][] truth, double[][] actual, double[][] bounds, double factor)
    {
        double worst = 0;
        for (int s = 0; s < truth.Length; s++)
        {
            for (int i = 0; i < truth[s].Length; i++)
            {
                double ratio = Math.Abs(actual[s][i] - truth[s][i]) / (factor * bounds[s][i]);
                if (!(ratio <= 1))
                {
                    return CheckResult.Fail(
                        Kind,
                        ratio,
                        $"In float, {slots[s].Name}, entry {slots[s].Entry(i)}, is {actual[s][i]:G9}; in double it is {truth[s][i]:G9}. Rounding explains ± {factor * bounds[s][i]:G2}.");
                }

                worst = Math.Max(worst, ratio);
            }
        }

        return CheckResult.Pass(Kind, worst);
    }
}
