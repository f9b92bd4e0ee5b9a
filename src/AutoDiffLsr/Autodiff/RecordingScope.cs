using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>Restores a tape's recording when it is disposed: the value of <see cref="Tape{T}.NoRecording"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct RecordingScope<T> : IDisposable, IEquatable<RecordingScope<T>>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Tape<T> tape;
    private readonly bool before;

    internal RecordingScope(Tape<T> tape, bool during)
    {
        (this.tape, before) = (tape, tape.IsRecording);
        tape.IsRecording = during;
    }

    /// <summary>Whether both restore the same.</summary>
    /// <param name="left">One scope.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(RecordingScope<T> left, RecordingScope<T> right) => left.Equals(right);

    /// <summary>Whether they restore different things.</summary>
    /// <param name="left">One scope.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RecordingScope<T> left, RecordingScope<T> right) => !left.Equals(right);

    /// <summary>Restores what was before.</summary>
    public void Dispose()
    {
        if (tape is not null)
            tape.IsRecording = before;
    }

    /// <inheritdoc/>
    public bool Equals(RecordingScope<T> other) => ReferenceEquals(tape, other.tape) && before == other.before;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecordingScope<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(tape, before);
}
