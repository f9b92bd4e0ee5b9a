using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Losses;

/// <summary>A margin loss whose slope is also written in operations, so that it can be differentiated again.</summary>
internal interface IDifferentiableMarginLoss : IMarginLoss
{
    /// <summary>The slope at margins, N x 1. <paramref name="side"/> has the sign of the slope that the kernel computed, for losses with a kink.</summary>
    Variable<T> SlopeOf<T>(Variable<T> margin, Variable<T> side)
        where T : struct, IFloatingPointIeee754<T>;

    /// <summary>The derivative of the slope at margins, times v, N x 1.</summary>
    Variable<T> CurvatureTimes<T>(Variable<T> margin, Variable<T> v, Variable<T> side)
        where T : struct, IFloatingPointIeee754<T>;
}
