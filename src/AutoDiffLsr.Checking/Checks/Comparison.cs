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

    /// <summary>Compares along a direction. A difference must show at much smaller steps too before it counts: a kink nobody noted may lie within the first.</summary>
    public static Comparison Of(LineDerivative line, CheckOptions options, double[][] direction, double[] weights, double[][] gradient)
    {
        Comparison first = At(0);
        if (!first.IsWrong)
            return first;
        Comparison second = At(SecondOpinionAttempt);
        return second.Status == LineStatus.Smooth && !second.IsWrong && !second.IsInconclusive ? second : first;

        Comparison At(int attempt)
        {
            double analytic = Point.Dot(gradient, direction);
            (LineStatus status, DerivativeEstimate numeric) = line.Central(direction, weights, gradient, attempt);
            double larger = Math.Max(Math.Abs(analytic), Math.Abs(numeric.Value)), terms = Math.Max(larger, Point.Terms(gradient, direction));
            double sure = options.AbsoluteTolerance + (options.RelativeTolerance * larger);
            return new(status, analytic, numeric, sure + (options.ErrorFactor * numeric.Error), (100 * sure) + (options.InconclusiveAbove * terms));
        }
    }
}
