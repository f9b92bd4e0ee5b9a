using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The slope of one output on one side of a point, from the largest steps that give an accurate one.</summary>
internal sealed class OneSidedSlope(Sample center, double rounding)
{
    private const double RoundingFactor = 8;

    /// <summary>A one-sided quotient has half of the order of a central one, and only coarse errors are looked for at a kink.</summary>
    private const double Accurate = 1e-6;

    /// <summary>The slope from the point itself; that of a function that jumps there does not exist, and has a large error.</summary>
    public DerivativeEstimate FromThePoint(OneSidedStencils side, int output) => Best(side, output, (attempt, level) =>
        (Value(side, attempt, level, output) - center.Outputs[output]) / Ridders.StepOf(side.StepOf(attempt), level));

    /// <summary>The slope among the points of the side alone: it exists where the function jumps at the point.</summary>
    public DerivativeEstimate BesideThePoint(OneSidedStencils side, int output) => Best(side, output, (attempt, level) =>
        level + 1 == Ridders.Levels
            ? double.NaN
            : (Value(side, attempt, level, output) - Value(side, attempt, level + 1, output))
                / (Ridders.StepOf(side.StepOf(attempt), level) - Ridders.StepOf(side.StepOf(attempt), level + 1)));

    private static double Value(OneSidedStencils side, int attempt, int level, int output) => side.At(attempt, level).Outputs[output];

    private DerivativeEstimate Best(OneSidedStencils side, int output, Func<int, int, double> quotient)
    {
        DerivativeEstimate best = DerivativeEstimate.None;
        for (int attempt = 0; attempt < side.Count && !(best.Error <= Accurate * (1 + Math.Abs(best.Value))); attempt++)
        {
            if (!side.IsUsable(attempt))
                continue;
            DerivativeEstimate estimate = Ridders.Extrapolate(level => side.Sign * quotient(attempt, level), side.StepOf(attempt), power: 1);
            estimate = estimate with { Error = estimate.Error + (RoundingFactor * rounding * Math.Abs(center.Outputs[output]) / estimate.Step) };
            best = estimate.Error < best.Error ? estimate : best;
        }

        return best;
    }
}
