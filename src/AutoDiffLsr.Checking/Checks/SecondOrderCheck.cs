using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The VJP's own VJP is the derivative of the VJP.</summary>
internal sealed class SecondOrderCheck : ICheck
{
    public CheckKind Kind => CheckKind.SecondOrder;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        SecondOrder problem = new(context.Bench, context.Slots, context.At, context.Cotangent(random), context.Bench.OutputShape);
        return new DerivativeComparison(problem, context.Options, Kind).Run(random);
    }
}
