namespace AutoDiffLsr.Autodiff;

/// <content>Gradients: what a tape is for.</content>
public sealed partial class Tape<T>
{
    private readonly List<Gradients<T>> gradientsMade = [];
    private Node<T>[] requested = [];
    private int gradientsInUse;

    /// <summary>The gradients of a loss with respect to parameters: what an optimizer takes.</summary>
    /// <param name="loss">A 1x1 variable.</param>
    /// <param name="parameters">Whose gradients; one that the loss does not depend on has a gradient of zeros.</param>
    /// <returns>A gradient for each, in the same order, valid until the tape is reset. Asking twice gives the same twice.</returns>
    /// <exception cref="ArgumentException">The loss is not 1x1, or of another tape.</exception>
    /// <exception cref="InvalidOperationException">A parameter was changed since the forward pass, or the loss was computed while nothing was recorded.</exception>
    public Gradients<T> Gradients(Variable<T> loss, IReadOnlyList<Parameter<T>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Span<Node<T>> nodes = MakeRoom(parameters.Count);
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = ParameterOnRecord(parameters[i]);
        return Sweep(loss, nodes, createGraph: false, cotangent: default);
    }

    /// <summary>The gradients of a loss, or the vector-Jacobian product of any result.</summary>
    /// <param name="loss">A 1x1 variable; or a result of any shape with a <paramref name="cotangent"/>.</param>
    /// <param name="wrt">With respect to what: variables, parameters or results on this tape, in any number.</param>
    /// <param name="createGraph">Whether the gradients are recorded, so that they can be differentiated again.</param>
    /// <param name="cotangent">What the gradient starts from, of the shape of <paramref name="loss"/>; 1 by default.</param>
    /// <returns>A gradient for each, in the same order, valid until the tape is reset. Asking twice gives the same twice.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or a variable is a constant or of another tape.</exception>
    /// <exception cref="InvalidOperationException">A parameter was changed since the forward pass, or the loss was computed while nothing was recorded.</exception>
    public Gradients<T> Gradients(Variable<T> loss, ReadOnlySpan<Variable<T>> wrt, bool createGraph = false, Variable<T> cotangent = default)
    {
        Span<Node<T>> nodes = MakeRoom(wrt.Length);
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = RecordedOrThrow(wrt[i], i);
        return Sweep(loss, nodes, createGraph, cotangent);
    }

    /// <summary>The gradient of a loss with respect to one variable.</summary>
    /// <param name="loss">A 1x1 variable; or a result of any shape with a <paramref name="cotangent"/>.</param>
    /// <param name="wrt">With respect to what.</param>
    /// <param name="createGraph">Whether the gradient is recorded, so that it can be differentiated again.</param>
    /// <param name="cotangent">What the gradient starts from, of the shape of <paramref name="loss"/>; 1 by default.</param>
    /// <returns>The gradient, of the shape of <paramref name="wrt"/>.</returns>
    public Variable<T> Gradient(Variable<T> loss, Variable<T> wrt, bool createGraph = false, Variable<T> cotangent = default) =>
        Gradients(loss, [wrt], createGraph, cotangent)[0];

    private Gradients<T> Sweep(Variable<T> loss, ReadOnlySpan<Node<T>> wrt, bool createGraph, Variable<T> cotangent)
    {
        Node<T> root = OwnOrThrow(loss, nameof(loss));
        if (root.LostHistory)
        {
            throw new InvalidOperationException(
                $"The loss ({loss}) was computed while nothing was recorded: inside NoRecording(), or from a gradient taken without createGraph: true.");
        }

        sweep.Run(root, Seed(loss, cotangent), wrt, createGraph);
        if (gradientsInUse == gradientsMade.Count)
            gradientsMade.Add(new Gradients<T>());
        Gradients<T> gradients = gradientsMade[gradientsInUse++];
        Variable<T>[] collected = gradients.MakeRoom(wrt);
        for (int i = 0; i < collected.Length; i++)
            collected[i] = sweep.Collect(wrt[i]);
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
        using RecordingScope<T> recording = new(this, during: true);
        return Parameter(parameter).Node;
    }

    private Node<T> RecordedOrThrow(Variable<T> variable, int position)
    {
        Node<T> node = OwnOrThrow(variable, "wrt");
        return node.IsRecorded ? node : throw new ArgumentException(
            $"wrt[{position}] ({variable}) is not on the record, so it has no gradient: make it with tape.Variable(...) or tape.Parameter(...), and compute with recording on.");
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
