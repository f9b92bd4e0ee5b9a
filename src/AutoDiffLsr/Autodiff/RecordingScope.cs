using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>Restores a tape's recording when it is disposed: the value of <see cref="Tape{T}.NoRecording"/> and <see cref="Tape{T}.Recording"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly record struct RecordingScope<T> : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Tape<T>? tape;
    private readonly bool before;

    internal RecordingScope(Tape<T> tape, bool during)
    {
        (this.tape, before) = (tape, tape.IsRecording);
        tape.IsRecording = during;
    }

    /// <summary>Restores what was before.</summary>
    public void Dispose()
    {
        if (tape is not null)
            tape.IsRecording = before;
    }
}
