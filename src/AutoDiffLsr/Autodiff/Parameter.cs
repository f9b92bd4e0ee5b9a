using System.Diagnostics;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace AutoDiffLsr.Autodiff;

/// <summary>A matrix that training changes. It outlives the tape: each forward pass puts it on the tape anew, without a copy.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed class Parameter<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A parameter that starts at <paramref name="value"/>, which it keeps (no copy) and changes in place.</summary>
    /// <param name="name">What it is called in messages and files, such as "weight".</param>
    /// <param name="value">A dense matrix.</param>
    /// <exception cref="ArgumentException">The matrix is not dense.</exception>
    public Parameter(string name, Matrix<T> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (value.Storage is not DenseColumnMajorMatrixStorage<T> storage)
            throw new ArgumentException($"Parameter '{name}' needs a dense matrix, not a {value.GetType().Name}.", nameof(value));
        (Name, Value, Data) = (name, value, storage.Data);
    }

    /// <summary>What it is called in messages and files.</summary>
    public string Name { get; }

    /// <summary>The current value: live, so a change shows here. Change it by <see cref="Assign"/> or <see cref="Update"/> only.</summary>
    public Matrix<T> Value { get; }

    /// <summary>The shape of the value.</summary>
    public Shape Shape => new(Value.RowCount, Value.ColumnCount);

    /// <summary>How often the value was changed. A tape compares it, so that a backward pass never mixes old and new values.</summary>
    public int Version { get; private set; }

    private string DebuggerText => $"{this} {ValueText.Of(Value)}, version {Version}";

    /// <summary>The column-major numbers of <see cref="Value"/>.</summary>
    internal T[] Data { get; }

    /// <summary>The number of the latest pool that looked and found that the memory is not its own; <see cref="Memory.BufferPool{T}"/>. Tapes of several threads may overwrite it.</summary>
    internal int ForeignToPool { get; set; }

    /// <summary>Replaces the value.</summary>
    /// <param name="value">A matrix of the same shape, which is copied.</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public void Assign(Matrix<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.RowCount != Value.RowCount || value.ColumnCount != Value.ColumnCount)
            throw new ArgumentException($"Parameter '{Name}' is {Shape}, the new value is {value.RowCount}x{value.ColumnCount}.", nameof(value));
        value.CopyTo(Value);
        Version++;
    }

    /// <summary>The numbers to change in place, column by column, for optimizers. Increments Version.</summary>
    /// <returns>The live numbers of <see cref="Value"/>.</returns>
    public Span<T> Update()
    {
        Version++;
        return Data;
    }

    /// <summary>"weight 784x128".</summary>
    public override string ToString() => $"{Name} {Shape}";
}
