using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The VJP's own VJP is the derivative of the VJP.</summary>
internal sealed class SecondOrderCheck : ICheck
{
    public CheckKind Kind => CheckKind.SecondOrder;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        double[] cotangent = context.Cotangent(random);
        SecondOrder problem = new(context.Bench, context.Slots, context.At, cotangent, context.Bench.OutputShape);
        return new DerivativeComparison(problem, context.Options, Kind, HasKink).Run(random);

        // The gradient of a function with a kink jumps, and is right to do so.
        bool HasKink(double[][] direction)
        {
            FirstOrder function = new(context.Bench, context.Slots, context.At);
            return context.IsOnKink || function.EvaluateAt().Ties > 0 || SlopeGap.ShowsKink(function, function.EvaluateAt(), direction[..^1], cotangent);
        }
    }
}
