using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Checking.Foreign;
using AutoDiffLsr.Checking.Numerical;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking;

/// <summary>The Jacobian of a function by finite differences (Ridders' method, each entry at its own best step), with how far each entry may be off.</summary>
/// <param name="Value">outputs x inputs: ∂f_i/∂x_j. NaN where the function is not finite around the point.</param>
/// <param name="Error">
/// The estimated error of each entry. At a kink it is half the distance between the slopes left and right; at a jump it is infinite.
/// </param>
public sealed record NumericalJacobian(Matrix<double> Value, Matrix<double> Error)
{
    /// <summary>The Jacobian of a function of an array to an array.</summary>
    /// <param name="function">The function; it is called with copies of the point.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">The first and largest step, for entries up to 1; larger entries move in proportion. Smaller ones are tried as needed.</param>
    /// <returns>The Jacobian and its errors.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not a finite number above 0.</exception>
    public static NumericalJacobian Of(Func<double[], double[]> function, double[] x, double step = 0.1)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Of(PointForm.Array(x), point => (double[])function(point).Clone(), x, step);
    }

    /// <summary>The Jacobian of a function of a vector to a vector.</summary>
    /// <inheritdoc cref="Of(Func{double[], double[]}, double[], double)"/>
    public static NumericalJacobian Of(Func<Vector<double>, Vector<double>> function, Vector<double> x, double step = 0.1)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Of(PointForm.Vector(x), point => function(point).ToArray(), x, step);
    }

    internal static NumericalJacobian Of<TPoint>(PointForm<TPoint> form, Func<TPoint, double[]> function, TPoint x, double step)
        where TPoint : class
    {
        if (!(step > 0 && double.IsFinite(step)))
            throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"step is {step}; it must be a finite number above 0."));
        double[][] at = form.Read(x);
        ForeignProblem<TPoint> problem = new(function, (_, _) => Point.Zeros(at), form, at);
        Sample center = problem.EvaluateAt();
        LineDerivative line = new(problem, center, new CheckOptions { InitialStep = step });
        DerivativeEstimate[,] entries = new DerivativeEstimate[center.Outputs.Length, at[0].Length];
        for (int j = 0; j < at[0].Length; j++)
        {
            double[][] direction = Draws.Coordinate(at, 0, j);
            Column(problem, center, line, direction, (i, estimate) => entries[i, j] = Divided(estimate, direction[0][j]));
        }

        return new(
            Matrix<double>.Build.Dense(center.Outputs.Length, at[0].Length, (i, j) => entries[i, j].Value),
            Matrix<double>.Build.Dense(center.Outputs.Length, at[0].Length, (i, j) => entries[i, j].Error));
    }

    private static void Column(Problem problem, Sample center, LineDerivative line, double[][] direction, Action<int, DerivativeEstimate> set)
    {
        Stencil[] stencils = line.StencilsOf(direction);
        SlopeGap gap = new(problem, center, direction);
        Jump? jump = Jump.Find(problem, center, direction);
        for (int i = 0; i < center.Outputs.Length; i++)
        {
            double[] weights = new double[center.Outputs.Length];
            weights[i] = 1;
            (LineStatus status, DerivativeEstimate estimate) = line.Central(stencils, weights, Point.Zeros(problem.At));
            double atKink = jump is { } found && found.Output == i ? double.PositiveInfinity : gap.Of(weights) / 2;
            set(i, status == LineStatus.Smooth && center.IsFinite ? estimate with { Error = Math.Max(estimate.Error, atKink) } : DerivativeEstimate.None);
        }
    }

    private static DerivativeEstimate Divided(DerivativeEstimate estimate, double scale) => estimate with { Value = estimate.Value / scale, Error = estimate.Error / scale };
}
