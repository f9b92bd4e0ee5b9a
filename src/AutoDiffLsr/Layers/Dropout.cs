using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>
/// In training each entry is zeroed with probability <see cref="Rate"/> and the others are divided by 1 - rate; in evaluation nothing happens
/// (Srivastava et al. 2014, scaled at training time).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Dropout<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly RandomSource random;

    /// <summary>A dropout layer with its own stream of random masks.</summary>
    /// <param name="rate">The probability that an entry is dropped, in [0, 1).</param>
    /// <param name="seed">Where the stream begins; the same seed gives the same masks.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside [0, 1).</exception>
    public Dropout(double rate, long seed)
    {
        Rate = Setting.Share(rate, nameof(rate));
        random = new RandomSource(seed);
        Counters = [new NamedCounter("random_state", () => random.State, value => random.State = value)];
    }

    /// <summary>The probability that an entry is dropped.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedCounter> Counters { get; }

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant($"Dropout {Rate}");

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => IsTraining ? x.Dropout(Rate, random) : x;
}
