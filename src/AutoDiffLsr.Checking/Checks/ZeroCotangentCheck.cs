using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The VJP of zero is zero: the cotangent is not ignored.</summary>
internal sealed class ZeroCotangentCheck : ICheck
{
    public CheckKind Kind => CheckKind.ZeroCotangent;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        double[][] gradient = context.Bench.Vjp(context.At, new double[context.OutputCount]);
        for (int s = 0; s < gradient.Length; s++)
        {
            int index = Array.FindIndex(gradient[s], value => value != 0);
            if (index >= 0)
            {
                Slot slot = context.Slots[s];
                return CheckResult.Fail(
                    Kind,
                    double.PositiveInfinity,
                    $"For a zero cotangent, the gradient for {slot.Name} is {gradient[s][index]:G9} at entry {slot.Entry(index)}: a VJP must be multiplied by its cotangent.");
            }
        }

        return CheckResult.Pass(Kind);
    }
}
