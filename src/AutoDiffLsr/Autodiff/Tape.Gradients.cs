using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Autodiff;

/// <content>Gradients: what a tape is for.</content>
public sealed partial class Tape<T>
{
    private readonly List<Gradients<T>> gradientsMade = [];
    private Node<T>[] requested = [];
    private int gradientsInUse;

    /// <summary>The gradients of a loss with respect to parameters: what an optimizer takes.</summary>
    /// <param name="loss">A 1x1 variable; or a result of any shape with a <paramref name="cotangent"/>.</param>
    /// <param name="parameters">Whose gradients; one that the loss does not depend on has a gradient of zeros.</param>
    /// <param name="createGraph">Whether the gradients are recorded, so that they can be differentiated again.</param>
    /// <param name="cotangent">What the gradient starts from, of the shape of <paramref name="loss"/>; 1 by default.</param>
    /// <returns>A gradient for each, in the same order, valid until the tape is reset. Asking twice gives the same twice.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or a variable is of another tape.</exception>
    /// <exception cref="InvalidOperationException">A parameter on the way was changed since the forward pass, or the loss was computed while nothing was recorded.</exception>
    [OverloadResolutionPriority(1)] // for an empty list, which would fit both
    public Gradients<T> Gradients(Variable<T> loss, IReadOnlyList<Parameter<T>> parameters, bool createGraph = false, Variable<T> cotangent = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Span<Node<T>> nodes = MakeRoom(parameters.Count);
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = ParameterOnRecord(parameters[i]);
        return Sweep(loss, nodes, createGraph, cotangent);
    }

    /// <summary>The gradients of a loss, or the vector-Jacobian product of any result.</summary>
    /// <param name="loss">A 1x1 variable; or a result of any shape with a <paramref name="cotangent"/>.</param>
    /// <param name="wrt">With respect to what: variables, parameters or results on this tape, in any number.</param>
    /// <param name="createGraph">Whether the gradients are recorded, so that they can be differentiated again.</param>
    /// <param name="cotangent">What the gradient starts from, of the shape of <paramref name="loss"/>; 1 by default.</param>
    /// <returns>A gradient for each, in the same order, valid until the tape is reset. Asking twice gives the same twice.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or a variable is a constant or of another tape.</exception>
    /// <exception cref="InvalidOperationException">A parameter on the way was changed since the forward pass, or the loss was computed while nothing was recorded.</exception>
    public Gradients<T> Gradients(Variable<T> loss, ReadOnlySpan<Variable<T>> wrt, bool createGraph = false, Variable<T> cotangent = default)
    {
        Span<Node<T>> nodes = MakeRoom(wrt.Length);
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = RecordedOrThrow(wrt[i], i);
        return Sweep(loss, nodes, createGraph, cotangent);
    }

    /// <summary>The gradient of a loss with respect to one variable: <see cref="Gradients(Variable{T}, ReadOnlySpan{Variable{T}}, bool, Variable{T})"/>.</summary>
    /// <param name="loss">A 1x1 variable; or a result of any shape with a <paramref name="cotangent"/>.</param>
    /// <param name="wrt">With respect to what.</param>
    /// <param name="createGraph">Whether the gradient is recorded, so that it can be differentiated again.</param>
    /// <param name="cotangent">What the gradient starts from, of the shape of <paramref name="loss"/>; 1 by default.</param>
    /// <returns>The gradient, of the shape of <paramref name="wrt"/>.</returns>
    public Variable<T> Gradient(Variable<T> loss, Variable<T> wrt, bool createGraph = false, Variable<T> cotangent = default) =>
        Gradients(loss, [wrt], createGraph, cotangent)[0];

    /// <summary>The gradient of a loss with respect to one parameter.</summary>
    /// <param name="loss">A 1x1 variable; or a result of any shape with a <paramref name="cotangent"/>.</param>
    /// <param name="parameter">With respect to what.</param>
    /// <param name="createGraph">Whether the gradient is recorded, so that it can be differentiated again.</param>
    /// <param name="cotangent">What the gradient starts from, of the shape of <paramref name="loss"/>; 1 by default.</param>
    /// <returns>The gradient, of the shape of the parameter.</returns>
    public Variable<T> Gradient(Variable<T> loss, Parameter<T> parameter, bool createGraph = false, Variable<T> cotangent = default) =>
        Gradients(loss, [new Variable<T>(ParameterOnRecord(parameter))], createGraph, cotangent)[0];

    private Gradients<T> Sweep(Variable<T> loss, ReadOnlySpan<Node<T>> wrt, bool createGraph, Variable<T> cotangent)
    {
        Node<T> root = OwnOrThrow(loss, nameof(loss));
        if (root.Place == Node<T>.NotRecorded)
        {
            throw new InvalidOperationException(
                $"The loss ({loss}) was computed while nothing was recorded: inside NoRecording(), or from a gradient taken without createGraph: true. "
                + "A function that takes gradients inside records by using (tape.Recording()) { ... }, also in predictions.");
        }

        if (gradientsInUse == gradientsMade.Count)
            gradientsMade.Add(new Gradients<T>());
        Gradients<T> gradients = gradientsMade[gradientsInUse];
        sweep.Run(root, Seed(loss, cotangent), wrt, createGraph, gradients.MakeRoom(wrt));
        gradientsInUse++;
        return gradients;
    }

    private Variable<T> Seed(Variable<T> loss, Variable<T> cotangent)
    {
        if (cotangent.IsEmpty)
        {
            return loss.Shape == Shape.Scalar ? Constant(T.One) : throw new ArgumentException(
                $"A gradient starts from a 1x1 loss; the result of '{loss.Name}' is {loss.Shape}. Sum or average it, or pass a cotangent of that shape.", nameof(loss));
        }

        OwnOrThrow(cotangent, nameof(cotangent));
        return cotangent.Shape == loss.Shape ? cotangent : throw new ArgumentException(
            $"The cotangent is {cotangent.Shape}, the result of '{loss.Name}' is {loss.Shape}: they must be equal.", nameof(cotangent));
    }

    private Node<T> ParameterOnRecord(Parameter<T> parameter)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (RecordOf(parameter) is { } node) // changed since: then the sweep that passes it says so
            return node;
        using RecordingScope<T> recording = new(this, during: true);
        return Unbound(parameter).Node;
    }

    private Node<T> RecordedOrThrow(Variable<T> variable, int position)
    {
        Node<T> node = OwnOrThrow(variable, "wrt");
        return node.IsRecorded ? node : throw new ArgumentException(
            $"wrt[{position}] ({variable}) is not on the record, so it has no gradient: make it with tape.Variable(...), tape.Parameter(...) or OnRecord(), and compute with recording on.");
    }

    private Node<T> OwnOrThrow(Variable<T> variable, string argument)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Node<T> node = variable.Node;
        return ReferenceEquals(node.Tape, this) ? node : throw new ArgumentException($"{argument} ({variable}) is on another tape.", argument);
    }

    private Span<Node<T>> MakeRoom(int length)
    {
        if (requested.Length < length)
            requested = new Node<T>[length];
        return requested.AsSpan(0, length);
    }
}
