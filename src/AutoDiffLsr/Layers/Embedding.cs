using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>
/// A learned vector for each of a number of things, PyTorch's <c>Embedding</c>: a row of L indices becomes the L vectors, one after the other. Indices are whole
/// numbers from 0, in columns like any other feature.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Embedding<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A layer whose vectors are drawn from the standard normal distribution, as PyTorch's.</summary>
    /// <param name="count">How many things there are.</param>
    /// <param name="width">The length of a vector.</param>
    /// <param name="random">Where the vectors are drawn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Embedding(int count, int width, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(random);
        Weight = new Parameter<T>("weight", Matrix<T>.Build.Dense(width, count, AlignedMemory.AllocateZeros<T>(checked(width * count))));
        foreach (ref T value in Weight.Update())
            value = T.CreateTruncating(random.NextNormal());
        Parameters = [Weight];
    }

    /// <summary>The vectors, width x count: a column each. Column by column it is the memory of PyTorch's <c>Embedding.weight</c>.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>How many things there are.</summary>
    public int Count => Weight.Shape.Columns;

    /// <summary>The length of a vector.</summary>
    public int Width => Weight.Shape.Rows;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override string Description => $"Embedding {Count} x {Width}";

    /// <inheritdoc/>
    public override int OutputColumns(int inputColumns) => checked(inputColumns * Width);

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Tape.Parameter(Weight).LookUp(x);
}
