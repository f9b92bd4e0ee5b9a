using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

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
public sealed partial class Tape<T> : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly BufferPool<T> pool = new();
    private readonly ReverseSweep<T> sweep;
    private readonly Dictionary<Parameter<T>, ParameterNode<T>> parameters = [];
    private Node<T>[] record = new Node<T>[32];
    private int count;

    /// <summary>An empty tape.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="float"/> nor <see cref="double"/>: MathNet has no such matrices.</exception>
    public Tape()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"A tape computes in float or double; MathNet has no matrices of {typeof(T).Name}.");
        sweep = new ReverseSweep<T>(this);
    }

    /// <summary>Whether operations are recorded now. Where not, they only compute, and no gradient can be asked for.</summary>
    public bool IsRecording { get; internal set; } = true;

    /// <summary>Whether the tape was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>How many variables, parameters and results are recorded.</summary>
    public int Count => count;

    /// <summary>Bytes of all values that this tape made and keeps for reuse; inputs and parameters are not its own and not counted.</summary>
    public long Bytes => pool.Bytes;

    /// <summary>While a check runs: where piecewise operations note which branch each entry took. Null otherwise.</summary>
    public BranchSignature? Branches { get; set; }

    /// <summary>Puts an input on the tape whose gradient can be asked for.</summary>
    /// <param name="value">The matrix, which is not copied: leave it unchanged until the gradient is taken.</param>
    /// <returns>The variable.</returns>
    public Variable<T> Variable(Matrix<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Variable<T>(Borrow(Append<VariableNode<T>>("variable"), value));
    }

    /// <summary>Puts an input on the tape that needs no gradient, such as a batch of samples.</summary>
    /// <param name="value">The matrix, which is not copied: leave it unchanged until the gradient is taken.</param>
    /// <returns>The constant.</returns>
    public Variable<T> Constant(Matrix<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Variable<T>(Borrow(TakeConstant("constant"), value));
    }

    /// <summary>Puts a number on the tape, as a 1x1 constant.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The constant.</returns>
    public Variable<T> Constant(T value) => Constant(Shape.Scalar, value);

    /// <summary>Puts a constant on the tape that is the same number everywhere.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="value">The number.</param>
    /// <returns>The constant.</returns>
    public Variable<T> Constant(Shape shape, T value)
    {
        Node<T> node = TakeConstant("constant");
        node.Buffer = Rent(shape);
        node.Buffer.Data.AsSpan().Fill(value);
        return new Variable<T>(node);
    }

    /// <summary>Puts a parameter on the tape: the same variable each time, until the tape is reset.</summary>
    /// <param name="parameter">The parameter; its value is not copied.</param>
    /// <returns>The variable.</returns>
    public Variable<T> Parameter(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameters.TryGetValue(parameter, out ParameterNode<T>? node))
            return new Variable<T>(node);
        if (!IsRecording)
            return new Variable<T>(Borrow(TakeConstant(parameter.Name), parameter.Value));
        node = Append<ParameterNode<T>>(parameter.Name);
        node.Follow(parameter);
        parameters.Add(parameter, node);
        return new Variable<T>(Borrow(node, parameter.Value));
    }

    /// <summary>Switches recording off until the result is disposed: <c>using (tape.NoRecording()) { ... }</c>. For predictions and metrics.</summary>
    /// <returns>What switches it back.</returns>
    public RecordingScope<T> NoRecording() => new(this, during: false);

    /// <summary>Forgets all that was recorded and takes its memory back for the next step. Variables of before can no longer be used.</summary>
    public void Reset()
    {
        for (int index = 0; index < count; index++)
            Forget(record[index]);
        count = 0;
        parameters.Clear();
        ForgetConstants();
        gradientsInUse = 0;
    }

    /// <summary>Resets the tape and ends its use.</summary>
    public void Dispose()
    {
        Reset();
        IsDisposed = true;
    }

    /// <summary>Memory of the given shape; its content is arbitrary.</summary>
    internal Buffer<T> Rent(Shape shape) => pool.Rent(shape);

    /// <summary>The entry at a place of the list.</summary>
    internal Node<T> this[int index] => record[index];

    /// <summary>The next place of the list. The node object that stood there before the last reset is used again if it is of the same kind.</summary>
    internal TNode Append<TNode>(string name)
        where TNode : Node<T>, new()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (count == record.Length)
            Array.Resize(ref record, 2 * count);
        if (record[count] is not TNode node)
        {
            record[count] = node = new TNode();
            node.PlaceOn(this, count);
        }

        count++;
        node.Name = name;
        return node;
    }

    internal void CheckParametersUnchanged()
    {
        foreach (ParameterNode<T> node in parameters.Values)
            node.CheckUnchanged();
    }

    private static Node<T> Borrow(Node<T> node, Matrix<T> value)
    {
        if (node.SpareView is null)
            node.SpareView = Buffer<T>.Borrow(value);
        else
            node.SpareView.BorrowInstead(value);
        node.Buffer = node.SpareView;
        return node;
    }

    private static void Forget(Node<T> node)
    {
        node.Generation++;
        node.Buffer.Return();
    }
}
