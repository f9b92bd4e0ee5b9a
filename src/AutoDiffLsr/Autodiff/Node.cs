using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// One entry of the tape: a value and, if an operation made it while recording, how to send a gradient back to the inputs.
/// This base class is a value without inputs: a constant, a variable or a parameter.
/// </summary>
internal class Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    public const int NotRecorded = -1;

    public Tape<T> Tape { get; private set; } = null!;

    /// <summary>The place on the Wengert list. A constant is not on it: no gradient flows there.</summary>
    public int Index { get; private set; }

    public bool IsRecorded => Index != NotRecorded;

    public string Name { get; set; } = "";

    public Buffer<T> Buffer { get; set; } = null!;

    /// <summary>A borrowed view that this node keeps for its next use.</summary>
    public Buffer<T>? SpareView { get; set; }

    /// <summary>Counts the users of this node object, so that a handle of an earlier one is recognised.</summary>
    public int Generation { get; set; }

    /// <summary>It came from something that needs a gradient, but nothing was recorded then: to ask for its gradient is an error.</summary>
    public bool LostHistory { get; set; }

    /// <summary>During a sweep: the sum of what has arrived; empty while nothing has. What a sweep leaves here, the next one clears.</summary>
    public Variable<T> Cotangent { get; set; }

    /// <summary>The last sweep that asked for the gradient of this entry.</summary>
    public long RequestedBySweep { get; set; }

    /// <summary>The last sweep that must pass here, because the entry leads to a requested one.</summary>
    public long WantedBySweep { get; set; }

    /// <summary>A result made inside a first-order sweep: its memory is free as soon as no cotangent holds it.</summary>
    public bool IsTransient { get; set; }

    /// <summary>How many cotangents hold this value.</summary>
    public int Holders { get; set; }

    /// <summary>Whether this constant stands in the tape's list of those to take back.</summary>
    public bool IsListed { get; set; }

    public virtual int InputCount => 0;

    /// <summary>Whether an input's sides of length 1 were repeated, so that its gradient must be summed over them.</summary>
    public virtual bool Broadcasts
    {
        get => false;
        set => throw new InvalidOperationException($"'{Name}' repeats no sides.");
    }

    /// <summary>Whether the VJP of each input is the same, before it is summed over repeated sides: then it is computed once.</summary>
    public virtual bool SharesVjp => false;

    public void PlaceOn(Tape<T> tape, int index) => (Tape, Index) = (tape, index);

    public virtual Node<T> Input(int index) => throw new InvalidOperationException($"'{Name}' has no inputs.");

    /// <summary>The gradient for one input, given the gradient <paramref name="dy"/> of the output <paramref name="y"/>.</summary>
    public virtual Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) => throw new InvalidOperationException($"'{Name}' has no inputs.");
}
