using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>
/// Finds the weights of a loss by unrolled differentiation: a net takes one or more steps of training with the loss, all of it on the tape; the task's own
/// loss of the net after them, on other rows, is differentiated by the weights of the loss, and these are moved by it.
/// </summary>
/// <typeparam name="T"><see cref="float"/> to search, <see cref="double"/> to check.</typeparam>
internal sealed class LocalSearch<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private static readonly CrossEntropy TaskOfClasses = new();
    private static readonly MeanSquaredError TaskOfNumbers = new();

    private readonly Tape<T> tape;
    private readonly InnerSettings settings;
    private readonly LearnedLoss loss;
    private readonly Sequential<T> net;
    private readonly Variable<T>[] weights;

    /// <summary>A search for the weights of one loss.</summary>
    /// <param name="tape">What everything is computed on; the caller resets it before each <see cref="TaskLoss"/>.</param>
    /// <param name="loss">The loss, with the weights to start from.</param>
    /// <param name="net">The net; its parameters are where each step of search starts.</param>
    /// <param name="settings">How the net is trained.</param>
    public LocalSearch(Tape<T> tape, LearnedLoss loss, Sequential<T> net, InnerSettings settings)
    {
        (this.tape, this.loss, this.net, this.settings) = (tape, loss, net, settings);
        Weights = [.. loss.Weights.Select((weight, i) => new Parameter<T>($"weight {i}", weight.Map(T.CreateTruncating)))];
        weights = new Variable<T>[Weights.Count];
    }

    /// <summary>The weights of the loss.</summary>
    public IReadOnlyList<Parameter<T>> Weights { get; init; }

    /// <summary>The task's loss after some steps of training with the learned loss, as a function of <see cref="Weights"/>.</summary>
    /// <param name="training">Gives the rows of each step, each in memory of its own: nothing is copied before the gradient is taken.</param>
    /// <param name="validation">The rows of the task's loss.</param>
    /// <returns>1x1; a constant where the learned loss has no gradient.</returns>
    public Variable<T> TaskLoss(Func<Samples<T>> training, Samples<T> validation)
    {
        for (int i = 0; i < weights.Length; i++)
            weights[i] = tape.Parameter(Weights[i]);
        UnrolledSgd<T> descent = new(
            tape, net.Parameters, settings.LearningRate, settings.Momentum, settings.WeightDecay, nesterov: settings.Momentum > 0);
        for (int step = 0; step < settings.InnerSteps; step++)
        {
            Samples<T> batch = training();
            Variable<T> value = Learned(Forward(descent, batch), batch);
            if (!value.NeedsGradient)
                return tape.Constant(T.Zero);
            descent.Step(value);
        }

        Variable<T> outputs = Forward(descent, validation);
        return validation.Labels is { } labels ? TaskOfClasses.Compute(outputs, labels) : TaskOfNumbers.Compute(outputs, tape.Constant(validation.Targets!));
    }

    /// <summary>The loss with the weights found, or null if one is not finite.</summary>
    public LearnedLoss? Found()
    {
        Matrix<double>[] found = [.. Weights.Select(weight => weight.Value.Map(double.CreateTruncating))];
        return found.Any(weight => weight.Exists(number => !double.IsFinite(number))) ? null : loss.WithWeights(found);
    }

    private Variable<T> Learned(Variable<T> outputs, Samples<T> batch) =>
        batch.Labels is { } labels ? loss.Compute(outputs, labels, weights) : loss.Compute(outputs, tape.Constant(batch.Targets!), weights);

    private Variable<T> Forward(UnrolledSgd<T> descent, Samples<T> batch)
    {
        using (descent.Bind())
            return net.Forward(tape.Constant(batch.Features));
    }
}
