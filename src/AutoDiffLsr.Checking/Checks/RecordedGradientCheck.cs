using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The gradient with <c>createGraph</c> equals the one without: the differentiable VJP and the fused one are the same function.</summary>
internal sealed class RecordedGradientCheck : ICheck
{
    public CheckKind Kind => CheckKind.RecordedGradient;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        double[] cotangent = context.Cotangent(random);
        double[][] plain = context.Bench.Vjp(context.At, cotangent), recorded = context.Bench.Vjp(context.At, cotangent, createGraph: true);
        CheckResult result = Closeness.Compare(Kind, context.Slots, recorded, plain, "The gradient with createGraph differs from the one without");
        return result.Outcome == CheckOutcome.Failed && context.IsOnSilentKink
            ? new CheckResult(Kind, CheckOutcome.Kink, 0, "On a kink that no operation noted, rounding may put the two gradients on different sides.") { MetKink = true }
            : result;
    }
}
