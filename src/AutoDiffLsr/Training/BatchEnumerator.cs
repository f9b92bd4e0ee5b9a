using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>The batches of one epoch from some position on; made by <see cref="Batches{T}"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
[SuppressMessage("Performance", "CA1815", Justification = "An enumerator is never compared.")]
public struct BatchEnumerator<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Batches<T> batches;
    private Batch<T>? current;

    internal BatchEnumerator(Batches<T> batches) => this.batches = batches;

    /// <summary>The batch, until the next <see cref="MoveNext"/>.</summary>
    public readonly Batch<T> Current => current ?? throw new InvalidOperationException("There is no batch before the first MoveNext, nor after the last.");

    /// <summary>Fills the next batch.</summary>
    /// <returns>Whether there was one.</returns>
    public bool MoveNext() => (current = batches.Next()) is not null;

    /// <summary>This enumerator, for use in a foreach.</summary>
    /// <returns>The same batches.</returns>
    public readonly BatchEnumerator<T> GetEnumerator() => this;
}
