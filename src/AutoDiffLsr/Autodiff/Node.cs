using System.Numerics;
using AutoDiffLsr.Autodiff.Memory;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// One value of a tape and, if an operation made it while recording, how to send a gradient back to the inputs.
/// This base class is a value without inputs: a constant, or a result that was not recorded.
/// </summary>
internal class Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The <see cref="Place"/> of a value without history, and of one whose history was not recorded: to ask for its gradient is an error.</summary>
    public const int Constant = -1, NotRecorded = -2;

    public Tape<T> Tape { get; private set; } = null!;

    /// <summary>The place on the Wengert list; negative for a value that is not on it, as no gradient flows there.</summary>
    public int Place { get; private set; }

    public bool IsRecorded => Place >= 0;

    /// <summary>Whether it came from something that needs a gradient, recorded or not.</summary>
    public bool HasHistory => Place != Constant;

    public string Name { get; set; } = "";

    public Buffer<T> Buffer { get; set; } = null!;

    /// <summary>How many lists and cotangents hold the value; see <see cref="Workspace{T}"/>.</summary>
    public int Holders { get; set; }

    /// <summary>Counts the users of this node object, so that a handle of an earlier one is recognised.</summary>
    public int Generation { get; set; }

    /// <summary>A hash of the numbers when they were computed or put on the tape, where that is verified; else 0.</summary>
    public ulong Hash { get; set; }

    public virtual int InputCount => 0;

    /// <summary>Whether an input's sides of length 1 were repeated, so that its gradient must be summed over them.</summary>
    public bool Broadcasts { get; set; }

    /// <summary>Whether the VJP of each input is the same, before it is summed over repeated sides: then it is computed once.</summary>
    public virtual bool SharesVjp => false;

    public void PlaceOn(Tape<T> tape, int place) => (Tape, Place) = (tape, place);

    /// <summary>Throws where the numbers are no longer those that the operations read. Without hashes only a parameter has something to compare.</summary>
    public void CheckUnchanged()
    {
        if (Hash != 0 || this is ParameterNode<T>)
            CompareWithRecord();
    }

    protected virtual void CompareWithRecord()
    {
        if (Hash != 0 && Hash != ValueVerification.Hash<T>(Buffer.Data))
        {
            throw new InvalidOperationException(
                $"The value of '{Name}' ({Buffer.Shape}) was changed in place between the forward pass and the gradient, so that the gradient would be of neither: "
                + "change matrices before they are put on the tape, clone a Value to change it, and change a parameter by Assign or Update.");
        }
    }

    public virtual Node<T> Input(int index) => throw new InvalidOperationException($"'{Name}' has no inputs.");

    /// <summary>The gradient for one input, given the gradient <paramref name="dy"/> of the output <paramref name="y"/>.</summary>
    public virtual Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) => throw new InvalidOperationException($"'{Name}' has no inputs.");
}
