namespace AutoDiffLsr.Checking.Numerical;

/// <summary>
/// Numerical derivatives by Ridders' method: difference quotients at falling steps, extrapolated to step 0 by Neville's scheme. Neighbours in the scheme
/// estimate the error, and the best entry is taken. All three neighbours must agree: two agree by chance where a derivative of higher order vanishes.
/// </summary>
/// <remarks>C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982), 75-76.</remarks>
public static class Ridders
{
    /// <summary>How many steps are tried at most.</summary>
    public const int Levels = 10;

    /// <summary>By how much each step is smaller than the one before.</summary>
    public const double Shrink = 1.4;

    private const double NoImprovement = 2;

    /// <summary>The derivative of a function at a point, from both sides.</summary>
    /// <param name="function">A function of one number.</param>
    /// <param name="at">The point.</param>
    /// <param name="step">The largest step: large enough that the function changes well above its rounding, within its domain.</param>
    /// <returns>The derivative and its error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The point is not finite, or the step is not a finite number above 0.</exception>
    public static DerivativeEstimate Derivative(Func<double, double> function, double at, double step = 0.1)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!double.IsFinite(at))
            throw new ArgumentOutOfRangeException(nameof(at), at, FormattableString.Invariant($"at is {at}; it must be finite."));
        if (!(step > 0 && double.IsFinite(step)))
            throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"step is {step}; it must be a finite number above 0."));
        double size = 0;
        DerivativeEstimate estimate = Extrapolate(Quotient, step, power: 2);
        return estimate with { Error = estimate.Error + (4 * Rounding.Double * size / estimate.Step) };

        double Quotient(int level)
        {
            double h = StepOf(step, level), above = at + h, below = at - h;
            double right = function(above), left = function(below);
            size = Math.Max(size, Math.Max(Math.Abs(right), Math.Abs(left)));
            return (right - left) / (above - below);
        }
    }

    /// <summary>The step of a level.</summary>
    internal static double StepOf(double first, int level) => first * Math.Pow(Shrink, -level);

    /// <summary>Extrapolates difference quotients to step 0.</summary>
    /// <param name="quotient">The difference quotient of a level, NaN to stop.</param>
    /// <param name="step">The step of level 0.</param>
    /// <param name="power">2 for central quotients, whose error has even powers of the step only; 1 for one-sided ones.</param>
    internal static DerivativeEstimate Extrapolate(Func<int, double> quotient, double step, int power)
    {
        Span<double> before = stackalloc double[Levels], row = stackalloc double[Levels];
        DerivativeEstimate best = DerivativeEstimate.None;
        double ratio = Math.Pow(Shrink, power);
        for (int level = 0; level < Levels; level++)
        {
            row[0] = quotient(level);
            double factor = ratio;
            for (int j = 1; j <= level; j++, factor *= ratio)
            {
                row[j] = ((row[j - 1] * factor) - before[j - 1]) / (factor - 1);
                if (j == level)
                    break;
                double error = Math.Max(Math.Abs(row[j] - before[j]), Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - before[j - 1])));
                if (error <= best.Error)
                    best = new(row[j], error, StepOf(step, level));
            }

            if (double.IsNaN(row[0]) || (level > 1 && Math.Abs(row[level - 1] - before[level - 1]) >= NoImprovement * best.Error))
                break;
            row[..(level + 1)].CopyTo(before);
        }

        return best;
    }
}
