using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Two sweeps over one record give the same bits.</summary>
internal sealed class RepeatabilityCheck : ICheck
{
    public CheckKind Kind => CheckKind.Repeatability;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        Workbench<double> bench = context.Bench;
        double[] cotangent = context.Cotangent(random);
        bench.Start(context.At);
        Variable<double>[] x = bench.PutInputs();
        Variable<double> y = bench.Apply(x), v = bench.Cotangent(cotangent, y.Shape);
        double[][] first = Workbench<double>.Doubles(bench.Tape.Gradients(y, bench.WithParameters(x), cotangent: v));
        double[][] second = Workbench<double>.Doubles(bench.Tape.Gradients(y, bench.WithParameters(x), cotangent: v));
        for (int s = 0; s < first.Length; s++)
        {
            for (int i = 0; i < first[s].Length; i++)
            {
                if (first[s][i] != second[s][i])
                    return CheckResult.Fail(Kind, double.PositiveInfinity, $"The gradient for {context.Slots[s].Name}, entry {context.Slots[s].Entry(i)}, is {first[s][i]:G17} at the first sweep and {second[s][i]:G17} at the second.");
            }
        }

        return CheckResult.Pass(Kind);
    }
}
