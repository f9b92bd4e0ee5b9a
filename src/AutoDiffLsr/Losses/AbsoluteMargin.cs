using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>L = φ0·|u| with u = log(φ1·p_t) = log φ1 - softplus(-d).</summary>
internal readonly record struct AbsoluteMargin(double Phi0, double LogPhi1) : IDifferentiableMarginLoss
{
    public double Tilt => 0;

    public double Balance => 0;

    // dL/dd = φ0·sign(u)·σ(-d), 0 at the kink u = 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Value<L>(L softplus, L margin, out L weight)
        where L : struct, ILanes<L, double>
    {
        L zero = L.Of(0), u = L.Of(LogPhi1) - softplus, phi0 = L.Of(Phi0), scaled = phi0 * u;
        weight = L.Choose(u < zero, phi0, L.Choose(u > zero, zero - phi0, u));
        return L.Choose(u < zero, zero - scaled, scaled);
    }

    /// <summary>φ0·|log φ1| for d → ∞, φ0·|d + log φ1| for d → -∞.</summary>
    public double HalfValue(double halfMargin) => Phi0 * Math.Abs((LogPhi1 / 2) + Math.Min(halfMargin, 0));

    public Variable<T> SlopeOf<T>(Variable<T> margin, Variable<T> side)
        where T : struct, IFloatingPointIeee754<T> => Phi0 * (-margin).Sigmoid().WithSignOf(side);

    public Variable<T> CurvatureTimes<T>(Variable<T> margin, Variable<T> v, Variable<T> side)
        where T : struct, IFloatingPointIeee754<T> => -Phi0 * margin.SigmoidSlope(v).WithSignOf(side);
}
