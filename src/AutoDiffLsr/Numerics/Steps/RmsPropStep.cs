using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>The numbers of one step of RMSprop, the same for all entries.</summary>
internal readonly record struct RmsPropStep<T>(T Rate, T Decay, T Momentum, T OldSecond, T NewSecond, T Epsilon)
    where T : struct, IFloatingPointIeee754<T>;
