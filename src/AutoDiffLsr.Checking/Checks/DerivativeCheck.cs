using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The VJP is the derivative.</summary>
internal sealed class DerivativeCheck : ICheck
{
    public CheckKind Kind => CheckKind.Derivative;

    public CheckResult Run(CheckContext context, RandomSource random) =>
        new DerivativeComparison(new FirstOrder(context.Bench, context.Slots, context.At), context.Options, Kind).Run(random);
}
