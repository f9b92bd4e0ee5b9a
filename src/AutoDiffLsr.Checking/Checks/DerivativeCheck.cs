using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The VJP is the derivative.</summary>
internal sealed class DerivativeCheck : ICheck
{
    public CheckKind Kind => CheckKind.Derivative;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        FirstOrder problem = new(context.Bench, context.Slots, context.At);
        CheckResult result = new DerivativeComparison(problem, context.Options, Kind).Run(random);
        context.IsOnKink = result.MetKink;
        context.IsOnSilentKink = result.MetKink && problem.EvaluateAt().Ties == 0;
        return result;
    }
}
