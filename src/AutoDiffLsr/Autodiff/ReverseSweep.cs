using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// Reverse mode, the whole idea: walk the tape backwards; whatever gradient has arrived at an entry is sent on to its inputs by the operation's
/// vector-Jacobian product (VJP), and what arrives at one place from several sides is added.
/// </summary>
/// <remarks>
/// Why the order matters: with b = a + a and c = b + b, both uses of b must have arrived before b passes on, or a gets half of its gradient.
/// Every use of b was recorded after b, so on the way back all of them come before it.
/// </remarks>
internal sealed class ReverseSweep<T>(Tape<T> tape)
    where T : struct, IFloatingPointIeee754<T>
{
    private long sweepCount;

    /// <summary>Leaves the gradient of each requested entry in its cotangent.</summary>
    public void Run(Node<T> root, Variable<T> seed, ReadOnlySpan<Node<T>> requested, bool createGraph)
    {
        if (tape.IsSweeping)
            throw new InvalidOperationException("A gradient was asked for inside a VJP, while another gradient of the same tape is computed.");
        tape.CheckParametersUnchanged();
        int first = Mark(root, requested);
        using RecordingScope<T> scope = new(tape, during: createGraph);
        tape.IsSweeping = !createGraph;
        try
        {
            Walk(root, seed, first);
        }
        finally
        {
            tape.IsSweeping = false;
        }
    }

    /// <summary>What arrived at a requested entry, to be kept until the tape is reset; zeros if nothing did.</summary>
    public Variable<T> Collect(Node<T> node)
    {
        Variable<T> gradient = node.Cotangent;
        if (gradient.IsEmpty)
            return tape.Constant(node.Buffer.Shape, T.Zero);
        if (gradient.Node is { IsTransient: true, IsListed: false })
            tape.KeepConstant(gradient.Node);
        return gradient;
    }

    private void Walk(Node<T> root, Variable<T> seed, int first)
    {
        if (root.WantedBySweep == sweepCount)
            Accumulate(root, seed);
        for (int index = root.Index; index >= first; index--)
        {
            Node<T> node = tape[index];
            if (node.WantedBySweep == sweepCount && !node.Cotangent.IsEmpty)
                PassOn(node);
        }
    }

    /// <summary>Sends the cotangent of an entry on to those of its inputs that lead to a requested one.</summary>
    private void PassOn(Node<T> node)
    {
        int mark = tape.ConstantCount;
        Variable<T> y = new(node), dy = node.Cotangent, dx = default;
        for (int i = 0; i < node.InputCount; i++)
        {
            Node<T> input = node.Input(i);
            if (input.WantedBySweep != sweepCount)
                continue;
            if (dx.IsEmpty || !node.SharesVjp)
                dx = node.Vjp(i, y, dy);
            Accumulate(input, FitToInput(node, i, dx));
        }

        if (node.RequestedBySweep != sweepCount)
            LetGo(node);
        if (tape.IsSweeping)
            tape.RecycleConstants(mark);
    }

    private void Accumulate(Node<T> node, Variable<T> contribution)
    {
        if (contribution.IsEmpty)
            return;
        Variable<T> sum = node.Cotangent.IsEmpty ? contribution : Sums.Add(node.Cotangent, contribution);
        sum.Node.Holders++;
        LetGo(node);
        node.Cotangent = sum;
    }

    /// <summary>Lets go of a cotangent; a transient one that nobody else holds gives its memory back at once.</summary>
    private void LetGo(Node<T> node)
    {
        if (node.Cotangent.IsEmpty)
            return;
        Node<T> held = node.Cotangent.Node;
        if (--held.Holders == 0 && held is { IsTransient: true, IsListed: false })
            tape.RecycleConstant(held);
    }

    /// <summary>Checks what a VJP returned, and sums it over the sides that the operation had repeated.</summary>
    private static Variable<T> FitToInput(Node<T> node, int index, Variable<T> gradient)
    {
        Shape shape = node.Input(index).Buffer.Shape;
        if (gradient.IsEmpty || gradient.Shape == shape)
            return gradient;
        if (node.Broadcasts && gradient.Shape == node.Buffer.Shape)
            return Sums.SumTo(gradient, shape);
        throw new InvalidOperationException(
            $"The VJP of '{node.Name}' is wrong: the gradient for input {index + 1} is {gradient.Shape}, the input is {shape}.");
    }

    /// <summary>
    /// Marks the entries between the root and the earliest requested one that lead to a requested one, so that a sweep does no work for others, and
    /// clears the cotangents that an earlier sweep left in them.
    /// </summary>
    private int Mark(Node<T> root, ReadOnlySpan<Node<T>> requested)
    {
        sweepCount++;
        int first = int.MaxValue;
        foreach (Node<T> node in requested)
        {
            node.RequestedBySweep = node.WantedBySweep = sweepCount;
            node.Cotangent = default;
            first = Math.Min(first, node.Index);
        }

        for (int index = first; index <= root.Index; index++)
        {
            Node<T> node = tape[index];
            node.Cotangent = default;
            for (int i = 0; i < node.InputCount && node.WantedBySweep != sweepCount; i++)
            {
                if (node.Input(i).WantedBySweep == sweepCount)
                    node.WantedBySweep = sweepCount;
            }
        }

        return first;
    }
}
