using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>How a gradient is limited as it is read: clamped to ±<see cref="Bound"/>, then scaled. Its own memory stays as it is.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Scale">What each entry is multiplied by.</param>
/// <param name="Bound">The largest size of an entry before that.</param>
public readonly record struct GradientLimit<T>(T Scale, T Bound)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>No limit.</summary>
    public static GradientLimit<T> None => new(T.One, T.PositiveInfinity);

    /// <summary>What a step uses instead of an entry of the gradient; NaN stays NaN.</summary>
    /// <param name="gradient">The entry.</param>
    /// <returns>The limited entry.</returns>
    public T Apply(T gradient) => Scale * (gradient > Bound ? Bound : gradient < -Bound ? -Bound : gradient);

    /// <summary>What a step uses instead of several entries of the gradient; NaN stays NaN.</summary>
    /// <param name="gradient">The entries.</param>
    /// <returns>The limited entries.</returns>
    public Vector<T> Apply(Vector<T> gradient)
    {
        // By comparison and selection rather than by minimum and maximum, so that NaN stays NaN.
        Vector<T> bounds = new(Bound);
        Vector<T> bounded = Vector.ConditionalSelect(Vector.GreaterThan(gradient, bounds), bounds, gradient);
        return new Vector<T>(Scale) * Vector.ConditionalSelect(Vector.LessThan(bounded, -bounds), -bounds, bounded);
    }
}
