using System.Globalization;
using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Losses;

/// <summary>
/// A polynomial of third order in two variables about a point, as TaylorGLO has it (Gonzalez and Miikkulainen, "Optimizing Loss Functions Through
/// Multivariate Taylor Polynomial Parameterization", 2021): with u = y - θ0 and v = f - θ1,
/// L = -(θ2·v + θ3·v²/2 + θ4·v³/6 + θ5·u·v + θ6·u·v²/2 + θ7·u²·v/2).
/// </summary>
/// <remarks>
/// Terms of u alone are left out, as they have no gradient in f. EvoMAL's repository has y and f the other way round, so that three of its terms have no
/// gradient in f, and uses θ0 where θ1 belongs in the last factor.
/// </remarks>
public sealed class TaylorLoss : LearnedLoss
{
    /// <summary>How many coefficients there are.</summary>
    public const int Count = 8;

    private readonly double[] coefficients;

    /// <summary>A loss.</summary>
    /// <param name="coefficients">θ0 to θ7, finite.</param>
    /// <exception cref="ArgumentException">Their number is another, or one is not finite.</exception>
    public TaylorLoss(IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.Count != Count || coefficients.Any(number => !double.IsFinite(number)))
            throw new ArgumentException($"A Taylor loss has {Count} finite coefficients, not [{string.Join(", ", coefficients)}].", nameof(coefficients));
        this.coefficients = [.. coefficients];
    }

    /// <summary>θ0 to θ7.</summary>
    public IReadOnlyList<double> Coefficients => coefficients;

    /// <inheritdoc/>
    public override string Formula => $"taylor({string.Join(", ", coefficients.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))})";

    /// <summary>None: the coefficients are found by evolution, not by local search.</summary>
    public override IReadOnlyList<Matrix<double>> Weights => [];

    /// <inheritdoc/>
    public override LearnedLoss WithWeights(IReadOnlyList<Matrix<double>> weights)
    {
        CheckWeights(weights);
        return this;
    }

    private protected override Variable<T> Entries<T>(Variable<T> target, Variable<T> output, ReadOnlySpan<Variable<T>> weights)
    {
        double[] c = coefficients;
        Variable<T> u = target - c[0], v = output - c[1];
        Variable<T> ofV = c[2] + (v * ((c[3] / 2) + (c[4] / 6 * v)));
        return -(v * (ofV + (u * (c[5] + (c[6] / 2 * v) + (c[7] / 2 * u)))));
    }
}
