using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Losses;

/// <summary>A margin loss whose slope is also written in operations, so that it can be differentiated again.</summary>
internal interface IDifferentiableMarginLoss : IMarginLoss
{
    /// <summary>The slope at margins, N x 1.</summary>
    Variable<T> SlopeOf<T>(Variable<T> margin)
        where T : struct, IFloatingPointIeee754<T>;
}
