using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Autodiff.Memory;

/// <summary>
/// When memory is given back, in one rule: a list or a cotangent holds a value, and the last to let go frees it. The Wengert list and the list of what is kept
/// let go when the tape is reset; the list of temporaries does in a first-order sweep, whenever an entry has passed its gradient on.
/// </summary>
internal sealed class Workspace<T>(Tape<T> tape)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly BufferPool<T> pool = new();
    private readonly Stack<Node<T>> free = new();
    private readonly List<Node<T>> kept = [], temporary = [];

    /// <summary>Whether what is made now is needed only until the next <see cref="ReleaseTemporaries"/>, or as long as a cotangent holds it.</summary>
    public bool MakesTemporaries { get; set; }

    /// <summary>Whether values are hashed when they are made, and memory is spoiled when it is given back; <see cref="Tape{T}.VerifyValues"/>.</summary>
    public bool Verifies
    {
        get => pool.Spoils;
        set => pool.Spoils = value;
    }

    /// <summary>Bytes of all that was rented, in use or not.</summary>
    public long Bytes => pool.Bytes;

    /// <summary>Memory of the given shape; its content is arbitrary.</summary>
    public Buffer<T> Rent(Shape shape) => pool.Rent(shape);

    /// <summary>Memory that somebody else owns; see <see cref="BufferPool{T}"/>.</summary>
    public Buffer<T> Borrow(MathNet.Numerics.LinearAlgebra.Matrix<T> matrix) => pool.Borrow(matrix);

    /// <summary>The memory of a parameter's value.</summary>
    public Buffer<T> Borrow(Parameter<T> parameter) => pool.Borrow(parameter);

    /// <summary>A value that is not on the Wengert list.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="value">Its memory, held for it.</param>
    /// <param name="place"><see cref="Node{T}.Constant"/> or <see cref="Node{T}.NotRecorded"/>.</param>
    public Node<T> Take(string name, Buffer<T> value, int place)
    {
        Node<T> node = free.TryPop(out Node<T>? used) ? used : new Node<T>();
        node.PlaceOn(tape, place);
        Settle(node, name, value);
        Hold(node, MakesTemporaries ? temporary : kept);
        return node;
    }

    /// <summary>Gives a node its value.</summary>
    public void Settle(Node<T> node, string name, Buffer<T> value) =>
        (node.Name, node.Buffer, node.Hash) = (name, value, Verifies && !MakesTemporaries ? ValueVerification.Hash<T>(value.Data) : 0);

    /// <summary>Holds a value until the tape is reset.</summary>
    public void Keep(Node<T> node) => Hold(node, kept);

    public void Release(Node<T> node)
    {
        if (--node.Holders > 0)
            return;
        node.Generation++;
        node.Buffer.Release();
        if (!node.IsRecorded)
            free.Push(node);
    }

    public void ReleaseTemporaries() => Release(temporary);

    public void ReleaseKept() => Release(kept);

    private static void Hold(Node<T> node, List<Node<T>> list)
    {
        node.Holders++;
        list.Add(node);
    }

    private void Release(List<Node<T>> list)
    {
        foreach (Node<T> node in CollectionsMarshal.AsSpan(list))
            Release(node);
        list.Clear();
    }
}
