using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>
/// Each row on its own to mean 0 and variance 1, then a learned scale and shift a column: y = (x - mean) / √(variance + epsilon)·weight + bias
/// (Ba et al. 2016, arXiv 1607.06450; the variance divides by the number of columns, as PyTorch's).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LayerNorm<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly int columns;

    /// <summary>A layer that starts with scale 1 and shift 0.</summary>
    /// <param name="columns">The columns that it takes and gives.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1, or <paramref name="epsilon"/> is not a positive finite number of T.</exception>
    public LayerNorm(int columns, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        (this.columns, Epsilon) = (columns, Setting.Positive<T>(epsilon, nameof(epsilon)));
        Weight = new Parameter<T>("weight", Matrix<T>.Build.Dense(1, columns, T.One));
        Bias = new Parameter<T>("bias", Matrix<T>.Build.Dense(1, columns));
        Parameters = [Weight, Bias];
    }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>The scale, 1 x columns.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>The shift, 1 x columns.</summary>
    public Parameter<T> Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override int? InputColumns => columns;

    /// <inheritdoc/>
    public override string Description => $"LayerNorm {columns}";

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x)
    {
        OutputColumns(x.Columns);
        Variable<T> centred = x - x.MeanOverColumns();
        Variable<T> deviation = (centred.Square().MeanOverColumns() + Epsilon).Sqrt();
        return (centred / deviation * x.Tape.Parameter(Weight)) + x.Tape.Parameter(Bias);
    }
}
