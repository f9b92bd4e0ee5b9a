using System.Runtime.InteropServices;
using AutoDiffLsr.Autodiff.Memory;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <content>What a computation starts from: variables, constants and parameters.</content>
public sealed partial class Tape<T>
{
    private readonly Dictionary<Parameter<T>, ParameterNode<T>?> parameters = [];

    /// <summary>Puts an input on the tape whose gradient can be asked for.</summary>
    /// <param name="value">The matrix. A dense one is not copied: leave it unchanged until the gradient is taken. A sparse or diagonal one is copied.</param>
    public Variable<T> Variable(Matrix<T> value) => Variable(value, "variable");

    /// <summary>Puts an input under a name of its own on the tape whose gradient can be asked for.</summary>
    /// <param name="value">The matrix. A dense one is not copied: leave it unchanged until the gradient is taken. A sparse or diagonal one is copied.</param>
    /// <param name="name">What messages and pictures call it.</param>
    public Variable<T> Variable(Matrix<T> value, string name)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Variable<T>(Append<VariableNode<T>>(name, Borrow(value)));
    }

    /// <summary>Puts an input on the tape that needs no gradient, such as a batch of samples.</summary>
    /// <param name="value">The matrix. A dense one is not copied: leave it unchanged until the gradient is taken. A sparse or diagonal one is copied.</param>
    public Variable<T> Constant(Matrix<T> value) => Constant(value, "constant");

    /// <summary>Puts an input under a name of its own on the tape that needs no gradient.</summary>
    /// <param name="value">The matrix. A dense one is not copied: leave it unchanged until the gradient is taken. A sparse or diagonal one is copied.</param>
    /// <param name="name">What messages and pictures call it.</param>
    public Variable<T> Constant(Matrix<T> value, string name)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Unrecorded(name, Borrow(value), hasHistory: false);
    }

    /// <summary>Puts a number on the tape, as a 1x1 constant.</summary>
    /// <param name="value">The number.</param>
    public Variable<T> Constant(T value) => Constant(Shape.Scalar, value);

    /// <summary>Puts a constant on the tape that is the same number everywhere.</summary>
    /// <param name="value">The number.</param>
    public Variable<T> Constant(Shape shape, T value)
    {
        Buffer<T> buffer = Rent(shape);
        buffer.Data.AsSpan().Fill(value);
        return Unrecorded("constant", buffer, hasHistory: false);
    }

    /// <summary>
    /// Puts a parameter on the tape: the same variable each time, until the tape is reset or the parameter changed. While it is bound (<see cref="Bind"/>)
    /// it is the value that it stands for.
    /// </summary>
    /// <param name="parameter">The parameter; its value is not copied.</param>
    public Variable<T> Parameter(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return bindings.Count > 0 && IsBound(parameter, out Variable<T> value) ? value : Unbound(parameter);
    }

    /// <summary>The parameter itself, whatever it is bound to.</summary>
    private Variable<T> Unbound(Parameter<T> parameter)
    {
        if (!IsRecording)
            return RecordOf(parameter) is { IsCurrent: true } known ? new Variable<T>(known) : Unrecorded(parameter.Name, Borrow(parameter), hasHistory: true);
        ref ParameterNode<T>? record = ref CollectionsMarshal.GetValueRefOrAddDefault(parameters, parameter, out _);
        if (record is not { IsCurrent: true })
        {
            ParameterNode<T> node = Append<ParameterNode<T>>(parameter.Name, Borrow(parameter));
            node.Follow(parameter, earlier: record);
            record = node;
        }

        return new Variable<T>(record);
    }

    /// <summary>The latest record of a parameter; null where it is not on the list.</summary>
    private ParameterNode<T>? RecordOf(Parameter<T> parameter) => parameters.GetValueOrDefault(parameter);

    private Buffer<T> Borrow(Parameter<T> parameter)
    {
        use.Enter();
        return workspace.Borrow(parameter);
    }

    private Buffer<T> Borrow(Matrix<T> value)
    {
        use.Enter();
        return workspace.Borrow(value);
    }
}
