using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments;

/// <summary>
/// What SparseLSR drops of LSR: B·KL(u ‖ q), with u the uniform distribution over the other classes and q theirs (docs/losses.md). Nothing where all other
/// logits are equal.
/// </summary>
/// <param name="Spreads">The distances between the largest and the smallest logit of the other classes.</param>
/// <param name="Gaps">LSR - SparseLSR at each.</param>
public sealed record SmoothingGap(IReadOnlyList<double> Spreads, IReadOnlyList<double> Gaps)
{
    private const double TargetLogit = 3;

    /// <summary>The gap while the other logits are drawn apart evenly, from -spread/2 to spread/2.</summary>
    /// <param name="smoothing">ξ, in [0, 1].</param>
    /// <param name="classes">C, at least 3.</param>
    /// <param name="spreads">Places.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 3 classes, or the smoothing is out of range.</exception>
    public static SmoothingGap Measure(double smoothing, int classes, IReadOnlyList<double> spreads)
    {
        ArgumentNullException.ThrowIfNull(spreads);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 3);
        LabelSmoothing full = new(smoothing);
        SparseLabelSmoothing sparse = new(smoothing);
        using Tape<double> tape = new();
        return new SmoothingGap([.. spreads], [.. spreads.Select(Gap)]);

        double Gap(double spread)
        {
            tape.Reset();
            Variable<double> z = tape.Constant(Matrix<double>.Build.Dense(1, classes, (_, j) => j == 0 ? TargetLogit : spread * (((j - 1.0) / (classes - 2)) - 0.5)));
            return full.Compute(z, [0]).Scalar - sparse.Compute(z, [0]).Scalar;
        }
    }
}
