using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// L = softplus(-d) + B·d + constant, plus a tilt, with the balance B. B = 0 is cross-entropy, since -log p_t = softplus(-d); CE with a tilt is LSR; B &gt; 0 is
/// SparseLSR, the binary cross-entropy of the logit d against the target A = 1 - B.
/// </summary>
internal readonly record struct BalancedMargin(double Balance, double Constant, double Tilt) : IDifferentiableMarginLoss
{
    // The slope is σ(d) - A = B - σ(-d): for CE, B = 0, nothing cancels however large the margin is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Value<L>(L softplus, L margin, out L weight)
        where L : struct, ILanes<L, double>
    {
        weight = L.Of(1);
        return Balance == 0 ? softplus : L.MultiplyAdd(L.Of(Balance), margin, softplus) + L.Of(Constant);
    }

    /// <summary>B·d for d → ∞, (1 - B)·|d| for d → -∞.</summary>
    public double HalfValue(double halfMargin)
    {
        double share = halfMargin > 0 ? Balance : Balance - 1;
        return share == 0 ? Constant / 2 : (share * halfMargin) + (Constant / 2);
    }

    public Variable<T> SlopeOf<T>(Variable<T> margin, Variable<T> side)
        where T : struct, IFloatingPointIeee754<T> => Balance - (-margin).Sigmoid();

    public Variable<T> CurvatureTimes<T>(Variable<T> margin, Variable<T> v, Variable<T> side)
        where T : struct, IFloatingPointIeee754<T> => margin.SigmoidSlope(v);
}
