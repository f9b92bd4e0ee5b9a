using AutoDiffLsr.Checking.Foreign;
using AutoDiffLsr.Checking.Numerical;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking;

/// <summary>
/// The Hessian of a function by finite differences: second differences at falling steps, extrapolated to step 0 as Ridders does, with how far each entry may
/// be off. Half of the digits of a double are what such differences give.
/// </summary>
/// <param name="Value">n x n, symmetric: ∂²f/∂x_i∂x_j. NaN where the function is not finite around the point.</param>
/// <param name="Error">The estimated error of each entry; large where a second derivative does not exist.</param>
public sealed record NumericalHessian(Matrix<double> Value, Matrix<double> Error)
{
    private const int Attempts = 5;
    private const double StepRatio = 8, RoundingFactor = 8;

    /// <summary>The Hessian of a function of an array.</summary>
    /// <param name="function">The function; it is called with copies of the point.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">The first and largest step, for entries up to 1; larger entries move in proportion. Smaller ones are tried as needed.</param>
    /// <returns>The Hessian and its errors.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not a finite number above 0.</exception>
    public static NumericalHessian Of(Func<double[], double> function, double[] x, double step = 0.2)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Of(PointForm.Array(x), function, x, step);
    }

    /// <summary>The Hessian of a function of a vector.</summary>
    /// <inheritdoc cref="Of(Func{double[], double}, double[], double)"/>
    public static NumericalHessian Of(Func<Vector<double>, double> function, Vector<double> x, double step = 0.2)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Of(PointForm.Vector(x), function, x, step);
    }

    private static NumericalHessian Of<TPoint>(PointForm<TPoint> form, Func<TPoint, double> function, TPoint x, double step)
        where TPoint : class
    {
        if (!(step > 0 && double.IsFinite(step)))
            throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"step is {step}; it must be a finite number above 0."));
        double[] at = form.Read(x)[0];
        double[] scales = Array.ConvertAll(at, value => Math.Max(1, Math.Abs(value)));
        double middle = function(form.Make([at]));
        Matrix<double> value = Matrix<double>.Build.Dense(at.Length, at.Length), error = Matrix<double>.Build.Dense(at.Length, at.Length);
        for (int i = 0; i < at.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                DerivativeEstimate estimate = Best(h => Quotient(i, j, h), step, middle);
                value[i, j] = value[j, i] = estimate.Value / (scales[i] * scales[j]);
                error[i, j] = error[j, i] = estimate.Error / (scales[i] * scales[j]);
            }
        }

        return new(value, error);

        // Both forms have even powers of the step only in their error.
        double Quotient(int i, int j, double h) => i == j
            ? (At(i, h, j, 0) - (2 * middle) + At(i, -h, j, 0)) / (h * h)
            : (At(i, h, j, h) - At(i, h, j, -h) - At(i, -h, j, h) + At(i, -h, j, -h)) / (4 * h * h);

        double At(int i, double ofI, int j, double ofJ)
        {
            double[] point = (double[])at.Clone();
            point[i] += ofI * scales[i];
            point[j] += ofJ * scales[j];
            double result = function(form.Make([point]));
            return double.IsFinite(result) ? result : double.NaN;
        }
    }

    private static DerivativeEstimate Best(Func<double, double> quotient, double step, double middle)
    {
        DerivativeEstimate best = DerivativeEstimate.None;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double first = step * Math.Pow(StepRatio, -attempt);
            DerivativeEstimate estimate = Ridders.Extrapolate(level => quotient(Ridders.StepOf(first, level)), first, power: 2);
            double rounding = RoundingFactor * Rounding.Double * (1 + Math.Abs(middle)) / (estimate.Step * estimate.Step);
            estimate = estimate with { Error = estimate.Error + rounding };
            if (estimate.Error < best.Error)
                best = estimate;
        }

        return best;
    }
}
