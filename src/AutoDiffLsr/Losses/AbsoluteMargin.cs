using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>L = φ0·|u| with u = log(φ1·p_t) = log φ1 - softplus(-d).</summary>
internal readonly record struct AbsoluteMargin(double Phi0, double LogPhi1) : IDifferentiableMarginLoss
{
    public double Tilt => 0;

    public void Evaluate(ReadOnlySpan<double> margins, Span<double> values, Span<double> slopes)
    {
        TensorPrimitives.Negate(margins, slopes);
        Functions.Softplus<double>(slopes, values);
        Functions.Sigmoid<double>(slopes, slopes);
        for (int row = 0; row < values.Length; row++)
        {
            // The slope is φ0·sign(u)·σ(-d), 0 at the kink u = 0.
            double u = LogPhi1 - values[row];
            values[row] = Phi0 * Math.Abs(u);
            slopes[row] *= double.IsNaN(u) ? u : Phi0 * Math.Sign(u);
        }
    }

    /// <summary>φ0·|log φ1| for d → ∞, φ0·|d + log φ1| for d → -∞.</summary>
    public double HalfValue(double halfMargin) => Phi0 * Math.Abs((LogPhi1 / 2) + Math.Min(halfMargin, 0));

    public Variable<T> SlopeOf<T>(Variable<T> margin)
        where T : struct, IFloatingPointIeee754<T>
    {
        Variable<T> u = (LogPhi1 - (-margin).Softplus()).Detach();
        Variable<T> slope = Phi0 * (-margin).Sigmoid();
        return slope.WherePositive(u) - slope.WherePositive(-u);
    }
}
