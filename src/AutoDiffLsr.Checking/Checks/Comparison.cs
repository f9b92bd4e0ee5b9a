using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>An analytic value beside a numerical one.</summary>
internal readonly record struct Comparison(LineStatus Status, double Analytic, DerivativeEstimate Numeric, double Tolerance, double Resolution)
{
    private const int SecondOpinionAttempt = 3;

    /// <summary>How far apart both are, in units of the tolerance.</summary>
    public double Ratio => Math.Abs(Analytic - Numeric.Value) / Tolerance;

    /// <summary>Whether the values differ by more than the tolerance, or there is a NaN.</summary>
    public bool IsWrong => Status == LineStatus.Smooth && !(Ratio <= 1);

    /// <summary>Whether the numerical value is too uncertain for agreement to mean anything.</summary>
    public bool IsInconclusive => Status == LineStatus.NotFinite || (Status == LineStatus.Smooth && !IsWrong && !(Tolerance <= Resolution));

    /// <summary>
    /// Compares along a direction. A difference must show at much smaller steps too before it counts, because a kink that no operation noted may lie within the
    /// first. And it must not be one between steps: where larger ones confirm the analytic value, the function is made of small stairs, by rounding for one.
    /// </summary>
    public static Comparison Of(LineDerivative line, CheckOptions options, double[][] direction, double[] weights, double[][] gradient)
    {
        double analytic = Point.Dot(gradient, direction), terms = Point.Terms(gradient, direction);
        Stencil[] stencils = line.StencilsOf(direction);
        Comparison first = At(0);
        if (!first.IsWrong)
            return first;
        Comparison second = At(SecondOpinionAttempt);
        if (second.Status == LineStatus.Smooth && !second.IsWrong && !second.IsInconclusive)
            return second;
        return line.LargerStepsConfirm(analytic, terms, stencils, weights) is { } coarse ? first.Contradicted(coarse) : first;

        Comparison At(int attempt)
        {
            (LineStatus status, DerivativeEstimate numeric) = line.Central(stencils, weights, gradient, attempt);
            double larger = Math.Max(Math.Abs(analytic), Math.Abs(numeric.Value));
            double sure = options.AbsoluteTolerance + (options.RelativeTolerance * larger);
            return new(status, analytic, numeric, sure + (options.ErrorFactor * numeric.Error), (100 * sure) + (options.InconclusiveAbove * Math.Max(larger, terms)));
        }
    }

    /// <summary>The same with the difference between two steps as the error: nothing can be said.</summary>
    private Comparison Contradicted(DerivativeEstimate coarse) => this with
    {
        Numeric = coarse with { Error = Math.Abs(coarse.Value - Numeric.Value) },
        Tolerance = double.PositiveInfinity,
    };
}
