using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// Huber's loss (1964): with d = x - t, L = d²/2 where |d| ≤ δ, else δ·(|d| - δ/2), entry by entry. Squared near the target, absolute far from it, so
/// that outliers pull with at most δ. As PyTorch's <c>HuberLoss</c>.
/// </summary>
public sealed class Huber : RegressionLoss
{
    /// <summary>A Huber loss.</summary>
    /// <param name="delta">δ, the largest slope and where the parabola ends; positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive and finite.</exception>
    public Huber(double delta = 1) => Delta = Setting.Positive<double>(delta, nameof(delta));

    /// <inheritdoc/>
    public override string Name => "huber";

    /// <summary>δ.</summary>
    public double Delta { get; }

    /// <inheritdoc/>
    /// <remarks>With c = d clamped to ±δ both pieces are c·(d - c/2), and the slope is c.</remarks>
    protected override Variable<T> Entries<T>(Variable<T> outputs, Variable<T> targets)
    {
        Variable<T> d = outputs - targets, c = d.Clamp(-Delta, Delta);
        return c * (d - (0.5 * c));
    }
}
