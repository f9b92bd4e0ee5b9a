using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Optimizers;

/// <summary>Keeps a step from being too large. The gradients themselves stay as they are: only what the step reads is limited.</summary>
public abstract class GradientClipping
{
    /// <summary>
    /// Scales all gradients by one factor so that the norm of all of them together is at most <paramref name="maximum"/> (Pascanu et al. 2013,
    /// arXiv 1211.5063). PyTorch adds 1e-6 to the norm it divides by; here it is exact.
    /// </summary>
    /// <param name="maximum">The largest norm, positive.</param>
    /// <returns>The clipping.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not positive.</exception>
    public static GradientClipping ByNorm(double maximum) => new NormClipping(Positive(maximum));

    /// <summary>Moves each entry into [-<paramref name="maximum"/>, <paramref name="maximum"/>].</summary>
    /// <param name="maximum">The largest size of an entry, positive.</param>
    /// <returns>The clipping.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not positive.</exception>
    public static GradientClipping ByValue(double maximum) => new ValueClipping(Positive(maximum));

    internal abstract GradientLimit<T> Limit<T>(Gradients<T> gradients, IReadOnlyList<Parameter<T>> parameters)
        where T : struct, IFloatingPointIeee754<T>;

    private static double Positive(double maximum) => maximum > 0 ? maximum : throw new ArgumentOutOfRangeException(
        nameof(maximum), maximum, $"The maximum is {maximum}; it must be positive.");

    private sealed class NormClipping(double maximum) : GradientClipping
    {
        internal override GradientLimit<T> Limit<T>(Gradients<T> gradients, IReadOnlyList<Parameter<T>> parameters)
        {
            double sum = 0;
            for (int i = 0; i < parameters.Count; i++)
                sum += OptimizerKernels.SumOfSquares<T>(gradients.Of(parameters[i], i).Value.Data());

            // NaN compares false with everything: gradients with a NaN stay as they are, for the loss to show.
            double norm = Math.Sqrt(sum);
            return new GradientLimit<T>(norm > maximum ? T.CreateTruncating(maximum / norm) : T.One, T.PositiveInfinity);
        }
    }

    private sealed class ValueClipping(double maximum) : GradientClipping
    {
        internal override GradientLimit<T> Limit<T>(Gradients<T> gradients, IReadOnlyList<Parameter<T>> parameters) =>
            new(T.One, T.CreateTruncating(maximum));
    }
}
