using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments;

/// <summary>What a model of two features says everywhere in a rectangle.</summary>
/// <param name="Left">The smallest first feature.</param>
/// <param name="Right">The largest first feature.</param>
/// <param name="Bottom">The smallest second feature.</param>
/// <param name="Top">The largest second feature.</param>
/// <param name="Size">Places along each side.</param>
/// <param name="Probabilities">Size² x C: row by row from the top, each from the left.</param>
public sealed record DecisionMap(double Left, double Right, double Bottom, double Top, int Size, Matrix<double> Probabilities)
{
    /// <summary>Asks the model at the middle of each cell.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">Of two features.</param>
    /// <param name="samples">N x 2: the rectangle is theirs and a margin of 8 %.</param>
    /// <param name="size">Places along each side.</param>
    /// <exception cref="ArgumentException">The samples or the model have not two features.</exception>
    public static DecisionMap Of<T>(Layer<T> model, Matrix<T> samples, int size = 64)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        if (samples.ColumnCount != 2)
            throw new ArgumentException($"A decision boundary is drawn for 2 features, but samples has {samples.ColumnCount}.", nameof(samples));
        (double left, double right) = Range(samples, 0);
        (double bottom, double top) = Range(samples, 1);
        Matrix<T> places = Matrix<T>.Build.Dense(size * size, 2);
        for (int i = 0; i < size * size; i++)
        {
            places[i, 0] = T.CreateTruncating(left + ((right - left) * ((i % size) + 0.5) / size));
            places[i, 1] = T.CreateTruncating(top - ((top - bottom) * ((i / size) + 0.5) / size));
        }

        using Tape<T> tape = new();
        Matrix<T> probabilities = tape.Constant(model.Predict(places)).Softmax().Value;
        return new DecisionMap(left, right, bottom, top, size, probabilities.Map(double.CreateTruncating));
    }

    private static (double Low, double High) Range<T>(Matrix<T> samples, int column)
        where T : struct, IFloatingPointIeee754<T>
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (T value in samples.Column(column))
            (low, high) = (Math.Min(low, double.CreateTruncating(value)), Math.Max(high, double.CreateTruncating(value)));
        double margin = high > low ? 0.08 * (high - low) : 1;
        return (low - margin, high + margin);
    }
}
