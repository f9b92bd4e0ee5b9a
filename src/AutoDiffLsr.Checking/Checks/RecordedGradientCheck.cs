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
        return Closeness.Compare(Kind, context.Slots, recorded, plain, "The gradient with createGraph differs from the one without");
    }
}
