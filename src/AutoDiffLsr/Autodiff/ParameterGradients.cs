using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// A gradient for each of some parameters, in memory of its own: sums over micro-batches or over the tapes of several threads, and gradients that come from
/// elsewhere. An optimizer takes it as it takes a tape's <see cref="Gradients{T}"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Sums are made entry by entry in the order of the calls: the same order gives the same bits, on any number of threads.</remarks>
/// <example>
/// <code>
/// ParameterGradients&lt;float&gt; sum = new(model.Parameters);
/// foreach (Batch&lt;float&gt; part in parts)
/// {
///     sum.Add(tape.Gradients(Loss(part), model.Parameters), 1.0 / parts.Count);
///     tape.Reset();
/// }
///
/// optimizer.Step(sum);
/// </code>
/// </example>
public sealed class ParameterGradients<T> : IGradientSource<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[][] data;
    private readonly Matrix<T>[] values;

    /// <summary>Zeros for each parameter.</summary>
    /// <param name="parameters">The parameters, each once.</param>
    /// <exception cref="ArgumentException">A parameter is there twice.</exception>
    public ParameterGradients(IReadOnlyList<Parameter<T>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Distinct().Count() != parameters.Count)
            throw new ArgumentException("A parameter is in the list twice.", nameof(parameters));
        Parameters = [.. parameters];
        data = [.. parameters.Select(parameter => AlignedMemory.AllocateZeros<T>(parameter.Shape.Count))];
        values = [.. parameters.Select((parameter, i) => Matrix<T>.Build.Dense(parameter.Shape.Rows, parameter.Shape.Columns, data[i]))];
    }

    /// <summary>Whose gradients these are.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The gradient of a parameter, of its shape; live, so it can be changed.</summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    /// <returns>The matrix itself.</returns>
    /// <exception cref="ArgumentException">It is none of the parameters.</exception>
    public Matrix<T> this[Parameter<T> parameter] => values[IndexOf(parameter, likely: 0)];

    /// <summary>Adds gradients of a tape, times a factor.</summary>
    /// <param name="gradients">Those of all <see cref="Parameters"/>; there may be more.</param>
    /// <param name="factor">What each is multiplied by.</param>
    /// <exception cref="ArgumentException">The gradient of a parameter was not asked for.</exception>
    public void Add(Gradients<T> gradients, double factor = 1)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        AddFrom(gradients, factor);
    }

    /// <summary>Adds gradients of the same parameters, times a factor.</summary>
    /// <param name="gradients">Those of all <see cref="Parameters"/>; there may be more.</param>
    /// <param name="factor">What each is multiplied by.</param>
    /// <exception cref="ArgumentException">A parameter is missing.</exception>
    public void Add(ParameterGradients<T> gradients, double factor = 1)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        AddFrom(gradients, factor);
    }

    /// <summary>Adds the gradient of one parameter, times a factor.</summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    /// <param name="gradient">Of its shape.</param>
    /// <param name="factor">What it is multiplied by.</param>
    /// <exception cref="ArgumentException">It is none of the parameters, or the shape is another.</exception>
    public void Add(Parameter<T> parameter, Matrix<T> gradient, double factor = 1)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        int index = IndexOf(parameter, likely: 0);
        if (gradient.RowCount != values[index].RowCount || gradient.ColumnCount != values[index].ColumnCount)
            throw new ArgumentException($"The gradient is {gradient.RowCount}x{gradient.ColumnCount}, parameter '{parameter.Name}' is {parameter.Shape}.", nameof(gradient));
        AddTo(index, gradient.AsColumnMajorArray() ?? gradient.ToColumnMajorArray(), factor);
    }

    /// <summary>Multiplies all gradients by a factor.</summary>
    public void Scale(double factor)
    {
        foreach (T[] gradient in data)
            TensorPrimitives.Multiply(gradient, T.CreateTruncating(factor), gradient);
    }

    /// <summary>Sets all gradients to zero.</summary>
    public void Clear()
    {
        foreach (T[] gradient in data)
            gradient.AsSpan().Clear();
    }

    ReadOnlySpan<T> IGradientSource<T>.Of(Parameter<T> parameter, int likely) => data[IndexOf(parameter, likely)];

    private void AddFrom(IGradientSource<T> gradients, double factor)
    {
        // All are looked up before the first one changes, so that a missing one leaves no half sum.
        for (int i = 0; i < data.Length; i++)
            _ = gradients.Of(Parameters[i], i);
        for (int i = 0; i < data.Length; i++)
            AddTo(i, gradients.Of(Parameters[i], i), factor);
    }

    private void AddTo(int index, ReadOnlySpan<T> gradient, double factor)
    {
        if (factor == 1)
            TensorPrimitives.Add(data[index], gradient, data[index]);
        else
            TensorPrimitives.MultiplyAdd(gradient, T.CreateTruncating(factor), data[index], data[index]);
    }

    private int IndexOf(Parameter<T> parameter, int likely)
    {
        if ((uint)likely < (uint)data.Length && ReferenceEquals(Parameters[likely], parameter))
            return likely;
        for (int i = 0; i < data.Length; i++)
        {
            if (ReferenceEquals(Parameters[i], parameter))
                return i;
        }

        throw new ArgumentException($"There is no gradient of parameter '{parameter?.Name}' here.", nameof(parameter));
    }
}
