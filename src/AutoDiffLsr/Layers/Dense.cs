using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>A fully connected layer: Y = X·W + b, with X N x inputs, W inputs x outputs, b 1 x outputs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>W is stored column by column, which is the memory of PyTorch's <c>Linear.weight</c> (outputs x inputs, row by row): weights travel without a copy.</remarks>
public sealed class Dense<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private static readonly Func<Variable<T>, Variable<T>, Variable<T>> AddBias = BiasedOperations.Identity;

    /// <summary>A layer with random weights.</summary>
    /// <param name="inputs">The columns that it takes.</param>
    /// <param name="outputs">The columns that it gives.</param>
    /// <param name="random">Where the weights, then the bias are drawn from.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="initializer">
    /// How the weights are chosen; the bias is then zero. By default both are as PyTorch's <c>Linear</c> has them, uniform in ±1/√inputs.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public Dense(int inputs, int outputs, RandomSource random, bool bias = true, Initializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(random);
        (Inputs, Outputs) = (inputs, outputs);
        Weight = Make("weight", inputs, initializer ?? Initializer.FanInUniform, random);
        Bias = bias ? Make("bias", 1, initializer is null ? Initializer.FanInUniform : Initializer.Zeros, random) : null;
        Parameters = Bias is null ? [Weight] : [Weight, Bias];
    }

    /// <summary>A layer of given parameters, which it may share with other layers: tied weights.</summary>
    /// <param name="weight">W, inputs x outputs.</param>
    /// <param name="bias">b, 1 x outputs; null for none.</param>
    /// <exception cref="ArgumentException">The bias does not fit the weight.</exception>
    public Dense(Parameter<T> weight, Parameter<T>? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        (Inputs, Outputs) = (weight.Shape.Rows, weight.Shape.Columns);
        if (bias is not null && bias.Shape != new Shape(1, Outputs))
            throw new ArgumentException($"The bias is {bias.Shape}, but the weight is {weight.Shape}; the bias must be 1x{Outputs}.", nameof(bias));
        (Weight, Bias) = (weight, bias);
        Parameters = Bias is null ? [Weight] : [Weight, Bias];
    }

    /// <summary>The columns that the layer takes.</summary>
    public int Inputs { get; }

    /// <summary>The columns that the layer gives.</summary>
    public int Outputs { get; }

    /// <summary>W, inputs x outputs.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>b, 1 x outputs; null if there is none.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override int? InputColumns => Inputs;

    /// <inheritdoc/>
    public override string Description => $"Dense {Inputs} -> {Outputs}{(Bias is null ? " without bias" : "")}";

    /// <inheritdoc/>
    public override int OutputColumns(int inputColumns)
    {
        base.OutputColumns(inputColumns);
        return Outputs;
    }

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => Forward(x, AddBias);

    /// <summary>X·W, then the bias together with the activation behind it, if there is a bias.</summary>
    internal Variable<T> Forward(Variable<T> x, Func<Variable<T>, Variable<T>, Variable<T>> biasAndActivation)
    {
        OutputColumns(x.Columns);
        Variable<T> y = x.MatMul(x.Tape.Parameter(Weight));
        return Bias is null ? y : biasAndActivation(y, x.Tape.Parameter(Bias));
    }

    private Parameter<T> Make(string name, int rows, Initializer initializer, RandomSource random)
    {
        Parameter<T> parameter = new(name, Matrix<T>.Build.Dense(rows, Outputs, AlignedMemory.AllocateZeros<T>(checked(rows * Outputs))));
        initializer.Fill(parameter.Update(), Inputs, Outputs, random);
        return parameter;
    }
}
