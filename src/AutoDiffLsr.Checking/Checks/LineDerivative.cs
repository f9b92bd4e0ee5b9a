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

    /// <summary>The error of a rough derivative, as a share of its terms.</summary>
    private const double Decent = 1e-3;

    /// <summary>The points along a direction, at falling steps; each is computed once, when it is asked for.</summary>
    public Stencil[] StencilsOf(double[][] direction) =>
        [.. Enumerable.Range(0, Attempts).Select(attempt => new Stencil(problem, direction, options.InitialStep * Math.Pow(StepRatio, -attempt)))];

    /// <summary>The two-sided derivative.</summary>
    /// <param name="stencils">The points along u.</param>
    /// <param name="weights">v.</param>
    /// <param name="gradient">The analytic gradient, to know the size of the terms whose rounding limits the accuracy.</param>
    /// <param name="firstAttempt">How many of the largest steps to leave out.</param>
    public (LineStatus Status, DerivativeEstimate Estimate) Central(Stencil[] stencils, double[] weights, double[][] gradient, int firstAttempt = 0)
    {
        (LineStatus status, DerivativeEstimate best) = (LineStatus.NotFinite, DerivativeEstimate.None);
        double valueTerms = Point.Terms(weights, center.Outputs) + Point.Terms(gradient, problem.At) + IntermediateTerms(weights);
        for (int attempt = firstAttempt; attempt < Attempts; attempt++)
        {
            (LineStatus reached, DerivativeEstimate estimate) = CentralAt(stencils[attempt], weights);
            if (reached != LineStatus.Smooth)
            {
                status = status == LineStatus.Smooth ? status : reached;
                continue;
            }

            estimate = estimate with { Error = estimate.Error + (RoundingFactor * problem.Rounding * valueTerms / estimate.Step) };
            bool improves = estimate.Error < best.Error;
            (status, best) = (LineStatus.Smooth, improves ? estimate : best);
            if (IsSharp(best) || (!improves && IsUsable(best)))
                break;
        }

        return (status, best with { Error = best.Error + (RoundingFactor * problem.Rounding * Point.Terms(gradient, stencils[0].Direction)) });
    }

    /// <summary>A derivative from some of the steps that agrees with an analytic one, though all steps together do not; null if there is none.</summary>
    /// <param name="analytic">The analytic derivative.</param>
    /// <param name="terms">The size of its terms.</param>
    /// <param name="stencils">The points along u.</param>
    /// <param name="weights">v.</param>
    public DerivativeEstimate? LargerStepsConfirm(double analytic, double terms, Stencil[] stencils, double[] weights)
    {
        foreach (Stencil stencil in stencils)
        {
            (LineStatus status, DerivativeEstimate estimate) = CentralAt(stencil, weights);
            bool isDecent = status == LineStatus.Smooth && estimate.Error <= Decent * terms;
            if (isDecent && Math.Abs(estimate.Value - analytic) <= options.ErrorFactor * estimate.Error)
                return estimate;
        }

        return null;
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
