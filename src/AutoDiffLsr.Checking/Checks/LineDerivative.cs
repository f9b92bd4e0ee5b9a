using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>
/// The derivative of t ↦ ⟨v, f(x + t·u)⟩ at 0. When a stencil crosses a kink, leaves the domain or is too coarse, a smaller one is tried.
/// </summary>
internal sealed class LineDerivative(Problem problem, Sample center, CheckOptions options)
{
    private const int Attempts = 8;
    private const double StepRatio = 8;
    private const double RoundingFactor = 8;

    /// <summary>The two-sided derivative.</summary>
    /// <param name="direction">u.</param>
    /// <param name="weights">v.</param>
    /// <param name="gradient">The analytic gradient, to know the size of the terms whose rounding limits the accuracy.</param>
    /// <param name="firstAttempt">How many of the largest steps to leave out.</param>
    public (LineStatus Status, DerivativeEstimate Estimate) Central(double[][] direction, double[] weights, double[][] gradient, int firstAttempt = 0)
    {
        (LineStatus status, DerivativeEstimate best) = (LineStatus.NotFinite, DerivativeEstimate.None);
        double valueTerms = Point.Terms(weights, center.Outputs) + Point.Terms(gradient, problem.At) + IntermediateTerms(weights);
        for (int attempt = firstAttempt; attempt < Attempts; attempt++)
        {
            Stencil stencil = new(problem, direction, options.InitialStep * Math.Pow(StepRatio, -attempt));
            (LineStatus reached, DerivativeEstimate estimate) = CentralAt(stencil, weights);
            if (reached != LineStatus.Smooth)
            {
                status = status == LineStatus.Smooth ? status : reached;
                continue;
            }

            estimate = estimate with { Error = estimate.Error + (RoundingFactor * Rounding.Double * valueTerms / estimate.Step) };
            bool improves = estimate.Error < best.Error;
            (status, best) = (LineStatus.Smooth, improves ? estimate : best);
            if (IsSharp(best) || (!improves && IsUsable(best)))
                break;
        }

        return (status, best with { Error = best.Error + (RoundingFactor * Rounding.Double * Point.Terms(gradient, direction)) });
    }

    /// <summary>The one-sided slopes of one output, left and right; infinite error where there is none.</summary>
    public (DerivativeEstimate Left, DerivativeEstimate Right) OneSided(OneSidedStencils stencils, int output)
    {
        return (Slope(stencils.Left, -1), Slope(stencils.Right, 1));

        DerivativeEstimate Slope(Func<int, Sample>? side, int sign)
        {
            if (side is null)
                return DerivativeEstimate.None;
            double size = Math.Abs(center.Outputs[output]);
            DerivativeEstimate estimate = Ridders.Extrapolate(
                level => sign * (side(level).Outputs[output] - center.Outputs[output]) / Ridders.StepOf(stencils.StepOf(sign), level),
                stencils.StepOf(sign),
                power: 1);
            return estimate with { Error = estimate.Error + (RoundingFactor * Rounding.Double * size / estimate.Step) };
        }
    }

    /// <summary>Stencils left and right of the point that each stay on one side of every kink, where there are such.</summary>
    public OneSidedStencils Sides(double[][] direction)
    {
        OneSidedStencils sides = new();
        for (int attempt = 0; attempt < Attempts && !sides.IsComplete; attempt++)
            sides.TryTake(new Stencil(problem, direction, options.InitialStep * Math.Pow(StepRatio, -attempt)));
        return sides;
    }

    private (LineStatus Status, DerivativeEstimate Estimate) CentralAt(Stencil stencil, double[] weights)
    {
        LineStatus status = LineStatus.Smooth;
        DerivativeEstimate estimate = Ridders.Extrapolate(Quotient, stencil.Step, power: 2);
        return (status, estimate);

        double Quotient(int level)
        {
            Sample right = stencil.Right(level), left = stencil.Left(level);
            if (!right.IsFinite || !left.IsFinite)
                status = LineStatus.NotFinite;
            else if (right.Branch != center.Branch || left.Branch != center.Branch)
                status = LineStatus.Kink;
            return status != LineStatus.Smooth
                ? double.NaN
                : (Point.Dot(weights, right.Outputs) - Point.Dot(weights, left.Outputs)) / (2 * Ridders.StepOf(stencil.Step, level));
        }
    }

    /// <summary>Small outputs may be what is left of larger intermediate results, which nobody sees: they are taken to be of size 1, as their inputs are.</summary>
    private static double IntermediateTerms(double[] weights) => weights.Sum(Math.Abs);

    private bool IsUsable(DerivativeEstimate estimate) => options.ErrorFactor * estimate.Error <= options.InconclusiveAbove * Math.Abs(estimate.Value);

    private bool IsSharp(DerivativeEstimate estimate) =>
        options.ErrorFactor * estimate.Error <= options.AbsoluteTolerance + (options.RelativeTolerance * Math.Abs(estimate.Value));
}
