using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Inputs and parameters hold after the gradient what they held before the function.</summary>
internal sealed class InputsUnchangedCheck : ICheck
{
    public CheckKind Kind => CheckKind.InputsUnchanged;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        context.Bench.Vjp(context.At, context.Cotangent(random), createGraph: true);
        double[][] after = context.Bench.Current();
        for (int s = 0; s < after.Length; s++)
        {
            int index = Enumerable.Range(0, after[s].Length).FirstOrDefault(i => after[s][i] != context.At[s][i], -1);
            if (index >= 0)
            {
                Slot slot = context.Slots[s];
                return CheckResult.Fail(Kind, double.PositiveInfinity, $"{slot.Name} was changed at entry {slot.Entry(index)}, from {context.At[s][index]:G17} to {after[s][index]:G17}.");
            }
        }

        return CheckResult.Pass(Kind);
    }
}
