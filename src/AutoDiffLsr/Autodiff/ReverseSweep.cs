using System.Numerics;
using AutoDiffLsr.Autodiff.Memory;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// Reverse mode, the whole idea: walk the tape backwards; whatever gradient has arrived at an entry is sent on to its inputs by the operation's
/// vector-Jacobian product (VJP), and what arrives at one place from several sides is added.
/// </summary>
/// <remarks>
/// Why the order matters: with b = a + a and c = b + b, both uses of b must have arrived before b passes on, or a gets half of its gradient.
/// Every use of b was recorded after b, so on the way back all of them come before it.
/// </remarks>
internal sealed class ReverseSweep<T>(Tape<T> tape, Workspace<T> workspace)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>By place on the list: the sum of what has arrived. Empty until something arrives, and between sweeps.</summary>
    private Variable<T>[] cotangents = [];

    /// <summary>By place on the list, from <see cref="first"/> on: what to do there.</summary>
    private Need[] needs = [];

    private int first;

    private enum Need : byte
    {
        /// <summary>It leads to nothing asked for.</summary>
        None,

        /// <summary>It leads to a requested entry: what arrives is passed on.</summary>
        PassOn,

        /// <summary>It is requested: what arrives is passed on and kept.</summary>
        Keep,
    }

    public bool IsRunning { get; private set; }

    /// <summary>The gradient of each requested entry, kept until the tape is reset; zeros where nothing arrives.</summary>
    public void Run(Node<T> root, Variable<T> seed, ReadOnlySpan<Node<T>> requested, bool createGraph, Span<Variable<T>> gradients)
    {
        if (IsRunning)
            throw new InvalidOperationException("A gradient was asked for inside a VJP, while another gradient of the same tape is computed.");
        int end = Mark(root, requested);
        using RecordingScope<T> scope = new(tape, during: createGraph);
        (IsRunning, workspace.MakesTemporaries) = (true, !createGraph);
        try
        {
            Walk(root, seed);
            Collect(requested, gradients);
        }
        finally
        {
            (IsRunning, workspace.MakesTemporaries) = (false, false);
            workspace.ReleaseTemporaries();
            for (int place = first; place < end; place++)
                LetGo(place);
        }
    }

    private void Walk(Node<T> root, Variable<T> seed)
    {
        if (IsNeeded(root))
            Accumulate(root.Place, seed);
        for (int place = root.Place; place >= first; place--)
        {
            if (needs[place] != Need.None && !cotangents[place].IsEmpty)
                PassOn(tape[place]);
        }
    }

    /// <summary>Sends the cotangent of an entry on to those of its inputs that lead to a requested one.</summary>
    private void PassOn(Node<T> node)
    {
        Variable<T> y = new(node), dy = cotangents[node.Place], dx = default;
        node.CheckUnchanged();
        int count = node.InputCount;
        for (int i = 0; i < count; i++)
        {
            Node<T> input = node.Input(i);
            input.CheckUnchanged();
            if (!IsNeeded(input))
                continue;
            if (dx.IsEmpty || !node.SharesVjp)
                dx = node.Vjp(i, y, dy);
            Accumulate(input.Place, FitToInput(node, i, dx));
        }

        if (needs[node.Place] != Need.Keep)
            LetGo(node.Place);
        workspace.ReleaseTemporaries();
    }

    private void Accumulate(int place, Variable<T> contribution)
    {
        if (contribution.IsEmpty)
            return;
        ref Variable<T> sum = ref cotangents[place];
        Variable<T> before = sum;
        sum = before.IsEmpty ? contribution : before + contribution;
        sum.Node.Holders++;
        if (!before.IsEmpty)
            workspace.Release(before.Node);
    }

    private void LetGo(int place)
    {
        ref Variable<T> sum = ref cotangents[place];
        if (sum.IsEmpty)
            return;
        workspace.Release(sum.Node);
        sum = default;
    }

    private void Collect(ReadOnlySpan<Node<T>> requested, Span<Variable<T>> gradients)
    {
        for (int i = 0; i < requested.Length; i++)
        {
            Variable<T> gradient = cotangents[requested[i].Place];
            if (gradient.IsEmpty)
                gradient = tape.Constant(requested[i].Buffer.Shape, T.Zero);
            else if (!tape.IsRecording && gradient.NeedsGradient) // a rule handed on something recorded: the gradient is its value
                gradient = new Variable<T>(workspace.Take("gradient", gradient.Node.Buffer.Hold(), Node<T>.NotRecorded));
            workspace.Keep(gradient.Node);
            gradients[i] = gradient;
        }
    }

    /// <summary>Checks what a VJP returned, and sums it over the sides that the operation had repeated.</summary>
    private Variable<T> FitToInput(Node<T> node, int index, Variable<T> gradient)
    {
        Shape shape = node.Input(index).Buffer.Shape;
        if (gradient.IsEmpty || gradient.Is(tape, shape))
            return gradient;
        string fault = gradient.IsStale ? "of a finished step: it is no longer there"
            : !ReferenceEquals(gradient.Tape, tape) ? "on another tape"
            : node.Broadcasts && gradient.Shape == node.Buffer.Shape ? ""
            : $"{gradient.Shape}, the input is {shape}";
        return fault.Length == 0 ? Sums.SumTo(gradient, shape) : throw new InvalidOperationException(
            $"The VJP of '{node.Name}' is wrong: the gradient for input {index + 1} is {fault}.");
    }

    /// <summary>Marks the entries between the earliest requested one and the root that lead to a requested one, so that a sweep does no work for others.</summary>
    private int Mark(Node<T> root, ReadOnlySpan<Node<T>> requested)
    {
        int end = root.Place + 1;
        first = end;
        foreach (Node<T> node in requested)
        {
            end = Math.Max(end, node.Place + 1);
            for (Node<T>? same = node; same is not null; same = (same as ParameterNode<T>)?.Earlier)
                first = Math.Min(first, same.Place);
        }

        if (needs.Length < end)
            (needs, cotangents) = (new Need[2 * end], new Variable<T>[2 * end]);
        needs.AsSpan(first..end).Clear();
        foreach (Node<T> node in requested)
        {
            for (Node<T>? same = node; same is not null; same = (same as ParameterNode<T>)?.Earlier)
                needs[same.Place] = Need.Keep;
        }

        for (int place = first; place <= root.Place; place++)
        {
            Node<T> node = tape[place];
            for (int i = 0; i < node.InputCount && needs[place] == Need.None; i++)
                needs[place] = IsNeeded(node.Input(i)) ? Need.PassOn : Need.None;
        }

        return end;
    }

    private bool IsNeeded(Node<T> node) => node.Place >= first && needs[node.Place] != Need.None;
}
