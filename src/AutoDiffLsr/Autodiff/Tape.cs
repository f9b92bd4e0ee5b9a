using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using AutoDiffLsr.Autodiff.Memory;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// A Wengert list: the operations of a computation in the order in which they ran, so that a gradient is one walk backwards.
/// The order of recording is a topological order: nothing is searched, sorted or recursed into.
/// </summary>
/// <typeparam name="T"><see cref="float"/> to train, <see cref="double"/> to check.</typeparam>
/// <remarks>
/// The tape owns the memory of all that is computed on it, and takes it back at <see cref="Reset"/>: a training step that repeats allocates nothing.
/// A tape is for one thread at a time; parameters may be shared by tapes of several threads as long as none changes them.
/// </remarks>
[DebuggerDisplay("{Count} entries, {Bytes} bytes, recording: {IsRecording}")]
public sealed partial class Tape<T> : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Workspace<T> workspace;
    private readonly ReverseSweep<T> sweep;
    private readonly UseCheck use = new();
    private Node<T>[] list = new Node<T>[32];

    /// <summary>An empty tape.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="float"/> nor <see cref="double"/>: MathNet has no such matrices.</exception>
    public Tape()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"A tape computes in float or double; MathNet has no matrices of {typeof(T).Name}.");
        workspace = new Workspace<T>(this) { Verifies = ValueVerification.IsDefault };
        sweep = new ReverseSweep<T>(this, workspace);
    }

    /// <summary>Whether operations are recorded now. Where not, they only compute, and no gradient can be asked for.</summary>
    public bool IsRecording { get; internal set; } = true;

    /// <summary>Whether the tape was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>How many variables, parameters and results are recorded.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all values that this tape made and keeps for reuse; inputs and parameters are not its own and not counted.</summary>
    public long Bytes => workspace.Bytes;

    /// <summary>While a check runs: where piecewise operations note which branch each entry took. Null otherwise.</summary>
    public BranchSignature? Branches { get; set; }

    /// <summary>
    /// Whether a gradient makes sure that the values it uses are those of the forward pass: a matrix, a parameter or a result whose numbers were changed in place
    /// is named, and memory that is given back is overwritten by NaN, so that nobody reads it unnoticed. Costs a reading of every value when it is made and when it
    /// is used. On while a check runs and in programs built for debugging; otherwise off, and then only <see cref="Parameter{T}.Version"/> is compared.
    /// </summary>
    public bool VerifyValues
    {
        get => workspace.Verifies;
        set => workspace.Verifies = value;
    }

    /// <summary>The entry at a place of the list.</summary>
    internal Node<T> this[int place] => list[place];

    /// <summary>Switches recording off until the result is disposed: <c>using (tape.NoRecording()) { ... }</c>. For predictions and metrics.</summary>
    public RecordingScope<T> NoRecording() => new(this, during: false);

    /// <summary>
    /// Switches recording on until the result is disposed, inside <see cref="NoRecording"/> too: for a function that takes gradients inside, such as a gradient
    /// penalty or a step of an inner optimizer, so that it works in predictions as well. See <see cref="Variable{T}.OnRecord"/> for its input.
    /// </summary>
    public RecordingScope<T> Recording() => new(this, during: true);

    /// <summary>Forgets all that was recorded and takes its memory back for the next step. Variables of before can no longer be used.</summary>
    /// <exception cref="InvalidOperationException">A gradient is being computed: a VJP must not reset its tape.</exception>
    public void Reset()
    {
        if (sweep.IsRunning)
            throw new InvalidOperationException("The tape was reset inside a VJP, while a gradient of it is computed.");
        if (use.IsTorn)
            return;
        for (int place = 0; place < Count; place++)
            workspace.Release(list[place]);
        workspace.ReleaseKept();
        Count = gradientsInUse = 0;
        parameters.Clear();
        bindings.Clear();
    }

    /// <summary>Resets the tape and ends its use.</summary>
    public void Dispose()
    {
        Reset();
        IsDisposed = true;
    }

    /// <summary>Memory of the given shape; its content is arbitrary.</summary>
    internal Buffer<T> Rent(Shape shape)
    {
        use.Enter();
        return workspace.Rent(shape);
    }

    /// <summary>The next place of the list. The node object that stood there before the last reset is used again if it is of the same kind.</summary>
    internal TNode Append<TNode>(string name, Buffer<T> value)
        where TNode : Node<T>, new()
    {
        Leave();
        if (Count == list.Length)
            Array.Resize(ref list, 2 * Count);
        if (list[Count] is not TNode node)
        {
            list[Count] = node = new TNode();
            node.PlaceOn(this, Count);
        }

        Count++;
        workspace.Settle(node, name, value);
        node.Holders = 1;
        return node;
    }

    /// <summary>A value that is not on the list, and whether that is to be reported when somebody asks for its gradient.</summary>
    internal Variable<T> Unrecorded(string name, Buffer<T> value, bool hasHistory)
    {
        Leave();
        return new Variable<T>(workspace.Take(name, value, hasHistory ? Node<T>.NotRecorded : Node<T>.Constant));
    }

    /// <summary>The same value without history, in the same memory. A constant is returned unchanged.</summary>
    internal Variable<T> Detach(Node<T> source)
    {
        use.Enter();
        return source.HasHistory ? Unrecorded("detach", source.Buffer.Hold(), hasHistory: false) : new Variable<T>(source);
    }

    /// <summary>The same value as a new variable, in the same memory.</summary>
    internal Variable<T> PutOnRecord(Node<T> source)
    {
        use.Enter();
        return source.IsRecorded ? new Variable<T>(source) : new Variable<T>(Append<VariableNode<T>>(source.Name, source.Buffer.Hold()));
    }

    /// <summary>An operation ends here, with a value for the tape.</summary>
    private void Leave()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        use.Leave();
        if (use.IsTorn)
            ThrowTorn();
    }

    [DoesNotReturn]
    private static void ThrowTorn() => throw new InvalidOperationException(
        "Two threads used this tape at once, and what is on it can no longer be trusted: give each thread a tape of its own (parameters may be shared), and dispose of this one.");
}
