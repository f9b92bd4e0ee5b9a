using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The value is finite, and the same with recording off; a function that takes gradients itself has no value then.</summary>
internal sealed class ValueCheck : ICheck
{
    public CheckKind Kind => CheckKind.Value;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        double[] recorded = context.Bench.Evaluate(context.At, recording: true).Outputs, plain = context.Bench.Evaluate(context.At).Outputs;
        Slot output = new("output", context.Bench.OutputShape);
        for (int i = 0; i < recorded.Length; i++)
        {
            if (!double.IsFinite(recorded[i]))
                return OutsideDomain($"The value is {recorded[i]} at entry {output.Entry(i)}: a gradient can only be checked where the function is finite. Move the inputs into its domain.");
            if (recorded[i] != plain[i])
                return CheckResult.Fail(Kind, double.PositiveInfinity, $"With recording on, entry {output.Entry(i)} is {recorded[i]:G17}; with recording off it is {plain[i]:G17}.");
        }

        return CheckResult.Pass(Kind);
    }

    private CheckResult OutsideDomain(string detail) => CheckResult.Fail(Kind, double.PositiveInfinity, detail) with { IsOutsideDomain = true };
}
