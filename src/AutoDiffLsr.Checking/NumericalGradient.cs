using AutoDiffLsr.Checking.Foreign;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking;

/// <summary>The gradient of a function by finite differences (Ridders' method, each entry at its own best step), with how far each entry may be off.</summary>
/// <param name="Value">The gradient: ∂f/∂x_i. NaN where the function is not finite around the point.</param>
/// <param name="Error">The estimated error of each entry. At a kink it is half the distance between the slopes left and right; at a jump it is infinite.</param>
/// <example><code>NumericalGradient g = NumericalGradient.Of(x =&gt; x[0] * Math.Exp(x[1]), [2, 0]);   // g.Value is 1, 2</code></example>
public sealed record NumericalGradient(Vector<double> Value, Vector<double> Error)
{
    /// <summary>The gradient of a function of an array.</summary>
    /// <param name="function">The function; it is called with copies of the point.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">The first and largest step, for entries up to 1; larger entries move in proportion. Smaller ones are tried as needed.</param>
    /// <returns>The gradient and its errors.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not a finite number above 0.</exception>
    public static NumericalGradient Of(Func<double[], double> function, double[] x, double step = 0.1)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Of(PointForm.Array(x), function, x, step);
    }

    /// <summary>The gradient of a function of a vector.</summary>
    /// <inheritdoc cref="Of(Func{double[], double}, double[], double)"/>
    public static NumericalGradient Of(Func<Vector<double>, double> function, Vector<double> x, double step = 0.1)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Of(PointForm.Vector(x), function, x, step);
    }

    private static NumericalGradient Of<TPoint>(PointForm<TPoint> form, Func<TPoint, double> function, TPoint x, double step)
        where TPoint : class
    {
        NumericalJacobian row = NumericalJacobian.Of(form, point => [function(point)], x, step);
        return new(row.Value.Row(0), row.Error.Row(0));
    }
}
