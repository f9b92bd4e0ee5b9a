using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Optimizers;

/// <summary>
/// Updates that stay on the tape: the weights after some steps as a function of the weights before, which can be differentiated. Meta-learning (MAML, Finn et al.
/// 2017), learnt losses and learnt rates take the gradient of a loss after the steps. The parameters themselves do not change.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// UnrolledSgd&lt;double&gt; inner = new(tape, model.Parameters, learningRate: 0.1);
/// for (int step = 0; step &lt; 3; step++)
/// {
///     using (inner.Bind())
///         loss = mse.Compute(model.Forward(x), y);
///     inner.Step(loss);
/// }
///
/// using (inner.Bind())
///     metaLoss = mse.Compute(model.Forward(testX), testY);
/// optimizer.Step(tape.Gradients(metaLoss, model.Parameters));
/// </code>
/// </example>
public abstract class Unrolled<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Variable<T>[] weights;

    private protected Unrolled(Tape<T> tape, IReadOnlyList<Parameter<T>> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(parameters);
        (Tape, Parameters, weights) = (tape, [.. parameters], new Variable<T>[parameters.Count]);
        for (int i = 0; i < weights.Length; i++)
            weights[i] = tape.Parameter(parameters[i]);
        LearningRate = tape.Constant(T.CreateTruncating(learningRate));
    }

    /// <summary>The tape on which everything happens; after its reset, make a new object.</summary>
    public Tape<T> Tape { get; }

    /// <summary>The parameters that the weights begin at.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The weights after the steps so far, in the order of <see cref="Parameters"/>.</summary>
    public ReadOnlySpan<Variable<T>> Weights => weights;

    /// <summary>How far a step goes, 1x1; a variable or parameter on the tape can be learnt.</summary>
    /// <exception cref="ArgumentException">The value is not 1x1.</exception>
    public Variable<T> LearningRate
    {
        get;
        set => field = value.Shape == Shape.Scalar ? value : throw new ArgumentException($"LearningRate is {value.Shape}; it must be 1x1.", nameof(value));
    }

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>Calls of the model use <see cref="Weights"/> until the result is disposed.</summary>
    /// <returns>What ends it.</returns>
    public BindingScope<T> Bind() => Tape.Bind(Parameters, weights);

    /// <summary>A step down the gradient of a loss that was computed with <see cref="Weights"/>.</summary>
    /// <param name="loss">1x1.</param>
    /// <param name="createGraph">Whether the gradient itself can be differentiated; without, the step is one of first-order MAML, which is cheaper.</param>
    public void Step(Variable<T> loss, bool createGraph = true)
    {
        Gradients<T> gradients = Tape.Gradients(loss, weights, createGraph);
        Variable<T>[] values = new Variable<T>[weights.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = createGraph ? gradients[i] : gradients[i].Detach();
        Step(values);
    }

    /// <summary>A step along gradients that come from elsewhere, such as a rule that is learnt.</summary>
    /// <param name="gradients">One for each of <see cref="Weights"/>, on the tape, of its shape.</param>
    /// <exception cref="ArgumentException">The counts or a shape differ.</exception>
    public void Step(ReadOnlySpan<Variable<T>> gradients)
    {
        if (gradients.Length != weights.Length)
            throw new ArgumentException($"There are {gradients.Length} gradients for {weights.Length} weights.", nameof(gradients));
        Steps++;
        for (int i = 0; i < weights.Length; i++)
        {
            if (gradients[i].Shape != weights[i].Shape)
                throw new ArgumentException($"gradients[{i}] is {gradients[i].Shape}, the weight is {weights[i].Shape}: they must be equal.", nameof(gradients));
            weights[i] = Updated(i, weights[i], gradients[i]);
        }
    }

    /// <summary>The weight after a step; <see cref="Steps"/> counts it already.</summary>
    private protected abstract Variable<T> Updated(int index, Variable<T> weight, Variable<T> gradient);
}
