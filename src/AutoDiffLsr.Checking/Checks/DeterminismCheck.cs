using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Two runs give the same bits.</summary>
internal sealed class DeterminismCheck : ICheck
{
    private const int Runs = 3;

    public CheckKind Kind => CheckKind.Determinism;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        double[] first = context.Bench.Evaluate(context.At, recording: true).Outputs;
        for (int run = 1; run < Runs; run++)
        {
            double[] again = context.Bench.Evaluate(context.At, recording: true).Outputs;
            if (Point.AreSame(first, again) || HasNaN(first))
                continue;
            int index = Enumerable.Range(0, Math.Min(first.Length, again.Length)).FirstOrDefault(i => !first[i].Equals(again[i]));
            return CheckResult.Fail(
                Kind,
                double.PositiveInfinity,
                $"The function is not deterministic: at the same point, output entry {new Slot("", context.Bench.OutputShape).Entry(index)} was {first[index]:G17} and then "
                + $"{again[index]:G17}. A random function (dropout) has no gradient to check: fix its seed, or switch it off.");
        }

        return CheckResult.Pass(Kind);
    }

    private static bool HasNaN(double[] values) => Array.Exists(values, double.IsNaN);
}
