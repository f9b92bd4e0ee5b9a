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
    /// <param name="length">L, how many indices a row has.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Embedding(int count, int width, RandomSource random, int length = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(random);
        Weight = new Parameter<T>("weight", Matrix<T>.Build.Dense(width, count, AlignedMemory.AllocateZeros<T>(checked(width * count))));
        foreach (ref T value in Weight.Update())
            value = T.CreateTruncating(random.NextNormal());
        Parameters = [Weight];
        Length = length;
    }

    /// <summary>The vectors, width x count: a column each. Column by column it is the memory of PyTorch's <c>Embedding.weight</c>.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>How many things there are.</summary>
    public int Count => Weight.Shape.Columns;

    /// <summary>The length of a vector.</summary>
    public int Width => Weight.Shape.Rows;

    /// <summary>How many indices a row has.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override int? InputColumns => Length;

    /// <inheritdoc/>
    public override string Description => $"Embedding {Count} x {Width}{(Length == 1 ? "" : $", {Length} a row")}";

    /// <inheritdoc/>
    public override int OutputColumns(int inputColumns)
    {
        base.OutputColumns(inputColumns);
        return checked(Length * Width);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has another number of columns, or an index that there is no vector for.</exception>
    public override Variable<T> Forward(Variable<T> x)
    {
        OutputColumns(x.Columns);
        return x.Tape.Parameter(Weight).LookUp(x);
    }
}
