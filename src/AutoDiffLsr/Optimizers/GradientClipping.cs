using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Optimizers;

/// <summary>Keeps a step from being too large. The gradients themselves stay as they are: only what the step reads is limited.</summary>
public abstract class GradientClipping
{
    private GradientClipping(double maximum) => Maximum = Setting.Positive<double>(maximum, nameof(maximum));

    /// <summary>The largest norm, or the largest size of an entry.</summary>
    public double Maximum { get; }

    /// <summary>
    /// Scales all gradients by one factor so that the norm of all of them together is at most <paramref name="maximum"/> (Pascanu et al. 2013,
    /// arXiv 1211.5063). PyTorch adds 1e-6 to the norm it divides by; here it is exact, and it cannot overflow.
    /// </summary>
    /// <param name="maximum">The largest norm, positive and finite.</param>
    /// <returns>The clipping.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not positive and finite.</exception>
    public static GradientClipping ByNorm(double maximum) => new NormClipping(maximum);

    /// <summary>Moves each entry into [-<paramref name="maximum"/>, <paramref name="maximum"/>].</summary>
    /// <param name="maximum">The largest size of an entry, positive and finite.</param>
    /// <returns>The clipping.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not positive and finite.</exception>
    public static GradientClipping ByValue(double maximum) => new ValueClipping(maximum);

    /// <summary>What a step reads of gradients that are finite.</summary>
    internal abstract GradientLimit<T> Limit<T>(IGradientSource<T> gradients, IReadOnlyList<Parameter<T>> parameters)
        where T : struct, IFloatingPointIeee754<T>;

    private sealed class NormClipping(double maximum) : GradientClipping(maximum)
    {
        /// <summary>Sums of squares in this range have lost nothing to overflow, nor to underflow of the squares that matter.</summary>
        private const double LeastSum = 1e-280, LargestSum = double.MaxValue;

        internal override GradientLimit<T> Limit<T>(IGradientSource<T> gradients, IReadOnlyList<Parameter<T>> parameters)
        {
            double sum = 0;
            for (int i = 0; i < parameters.Count; i++)
                sum += OptimizerKernels.SumOfSquares<T>(gradients.Of(parameters[i], i));
            double factor = sum is >= LeastSum and <= LargestSum ? Maximum / Math.Sqrt(sum) : FactorBySize(gradients, parameters);
            T scale = factor < 1 ? T.CreateTruncating(factor) : T.One;
            return scale > T.Zero ? new GradientLimit<T>(scale, T.PositiveInfinity) : throw new NotFiniteNumberException(FormattableString.Invariant(
                $"The gradients are too large to be brought to the norm {Maximum}: the factor would be 0 and nothing would move. The last steps were far too large; lower the learning rate."));
        }

        /// <summary>maximum / norm, with the norm as size·√Σ(g / size)² for the largest size there is.</summary>
        private double FactorBySize<T>(IGradientSource<T> gradients, IReadOnlyList<Parameter<T>> parameters)
            where T : struct, IFloatingPointIeee754<T>
        {
            double size = 0, sum = 0;
            for (int i = 0; i < parameters.Count; i++)
            {
                ReadOnlySpan<T> gradient = gradients.Of(parameters[i], i);
                size = gradient.IsEmpty ? size : Math.Max(size, Math.Abs(double.CreateTruncating(TensorPrimitives.MaxMagnitude(gradient))));
            }

            if (size == 0)
                return 1;
            for (int i = 0; i < parameters.Count; i++)
                sum += OptimizerKernels.SumOfSquares<T>(gradients.Of(parameters[i], i), size);
            return Maximum / size / Math.Sqrt(sum);
        }
    }

    private sealed class ValueClipping(double maximum) : GradientClipping(maximum)
    {
        internal override GradientLimit<T> Limit<T>(IGradientSource<T> gradients, IReadOnlyList<Parameter<T>> parameters) =>
            new(T.One, T.CreateTruncating(Maximum));
    }
}
