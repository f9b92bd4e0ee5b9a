using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <summary>A matrix on a tape, with the history of how it was computed. A handle: small, copied freely, valid until the tape is reset or disposed.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[DebuggerDisplay("{DebuggerText,nq}")]
public readonly partial struct Variable<T> : IEquatable<Variable<T>>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Node<T>? node;
    private readonly int generation;

    internal Variable(Node<T> node) => (this.node, generation) = (node, node.Generation);

    /// <summary>The value. It is the tape's own memory: read it before the tape is reset, and clone it to keep or change it.</summary>
    public Matrix<T> Value => Node.Buffer.Matrix;

    /// <summary>Rows x columns.</summary>
    public Shape Shape => Node.Buffer.Shape;

    /// <summary>The number of rows: samples, in a batch.</summary>
    public int Rows => Node.Buffer.Shape.Rows;

    /// <summary>The number of columns: features or classes, in a batch.</summary>
    public int Columns => Node.Buffer.Shape.Columns;

    /// <summary>The tape that this variable is on.</summary>
    public Tape<T> Tape => Node.Tape;

    /// <summary>The operation that made it, such as "matmul"; of an input or a parameter the name that it was given.</summary>
    public string Name => Node.Name;

    /// <summary>Whether a gradient can flow to or through it: it is a variable or parameter, or was computed from one while the tape was recording.</summary>
    public bool NeedsGradient => Node.IsRecorded;

    /// <summary>The number of a 1x1 variable, such as a loss.</summary>
    /// <exception cref="InvalidOperationException">The variable is not 1x1.</exception>
    public T Scalar => Shape == Shape.Scalar
        ? Node.Buffer.Data[0]
        : throw new InvalidOperationException($"Scalar is for a 1x1 variable; the result of '{Name}' is {Shape}.");

    /// <summary>Whether this is an empty handle: <c>default</c>, never put on a tape.</summary>
    internal bool IsEmpty => node is null;

    /// <summary>Whether this is a handle of an earlier step, or of a value that a finished gradient gave back.</summary>
    internal bool IsStale => node is not null && node.Generation != generation;

    /// <summary>Whether this is a valid handle on the given tape and of the given shape.</summary>
    internal bool Is(Tape<T> tape, Shape shape) =>
        node is { } value && value.Generation == generation && ReferenceEquals(value.Tape, tape) && value.Buffer.Shape == shape;

    /// <summary>The node behind a handle that is still valid.</summary>
    internal Node<T> Node
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (node is null || node.Generation != generation)
                ThrowInvalid(node);
            return node;
        }
    }

    /// <summary>Whether both are the same variable: the same place on the same tape, not merely equal numbers.</summary>
    /// <param name="left">One variable.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(Variable<T> left, Variable<T> right) => left.Equals(right);

    /// <summary>Whether both are different variables, even of equal numbers.</summary>
    /// <param name="left">One variable.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Variable<T> left, Variable<T> right) => !left.Equals(right);

    /// <summary>The same value as a constant: no gradient flows back through it.</summary>
    /// <returns>A constant on the same tape that shares this variable's memory.</returns>
    public Variable<T> Detach() => Node.Tape.Detach(Node);

    /// <summary>
    /// This variable where a gradient can flow to it; otherwise a new variable of the same value and memory, with respect to which gradients can be taken. For
    /// functions that take gradients by their own input, and may be given a constant.
    /// </summary>
    public Variable<T> OnRecord() => Node.Tape.PutOnRecord(Node);

    /// <inheritdoc/>
    public bool Equals(Variable<T> other) => ReferenceEquals(node, other.node) && generation == other.generation;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Variable<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(node, generation);

    /// <summary>"matmul 3x4".</summary>
    public override string ToString() => node is null ? "(no variable)" : IsStale ? "(variable of an earlier step)" : $"{Name} {Shape}";

    /// <summary>"tanh 2x3 [0.1, 0.2, 0.3; 0.4, 0.5, 0.6]", the first numbers row by row.</summary>
    private string DebuggerText => node is null || IsStale ? ToString() : $"{this} {ValueText.Of(node.Buffer.Matrix)}{(NeedsGradient ? "" : ", no gradient")}";

    [DoesNotReturn]
    private static void ThrowInvalid([NotNull] Node<T>? node) => throw node switch
    {
        null => new InvalidOperationException("This variable is empty (default): take variables from a tape, as in tape.Variable(matrix)."),
        { Tape.IsDisposed: true } => new ObjectDisposedException(nameof(Tape<>), "This variable's tape was disposed."),
        _ => new InvalidOperationException("This variable is from before the last Reset of its tape (or from inside a finished gradient): its memory has a new user. Clone the Value to keep it."),
    };
}
