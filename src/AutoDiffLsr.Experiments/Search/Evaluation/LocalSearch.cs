using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
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
    private readonly Variable<T>[] weights, parameters, updated, momenta;

    /// <summary>A search for the weights of one loss.</summary>
    /// <param name="tape">What all is computed on; whoever calls resets it before each <see cref="TaskLoss"/>.</param>
    /// <param name="loss">The loss, with the weights to start from.</param>
    /// <param name="net">The net; its parameters are where each step of search starts.</param>
    /// <param name="settings">How the net is trained.</param>
    public LocalSearch(Tape<T> tape, LearnedLoss loss, Sequential<T> net, InnerSettings settings)
    {
        (this.tape, this.loss, this.net, this.settings) = (tape, loss, net, settings);
        Weights = [.. loss.Weights.Select((weight, i) => new Parameter<T>($"weight {i}", weight.Map(T.CreateTruncating)))];
        weights = new Variable<T>[Weights.Count];
        parameters = new Variable<T>[net.Parameters.Count];
        (updated, momenta) = (new Variable<T>[parameters.Length], new Variable<T>[parameters.Length]);
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
        for (int i = 0; i < parameters.Length; i++)
            updated[i] = tape.Parameter(net.Parameters[i]);
        momenta.AsSpan().Clear();
        for (int step = 0; step < settings.InnerSteps; step++)
        {
            if (!Descend(training()))
                return tape.Constant(T.Zero);
        }

        Variable<T> outputs = Forward(validation);
        return validation.Labels is { } labels ? TaskOfClasses.Compute(outputs, labels) : TaskOfNumbers.Compute(outputs, tape.Constant(validation.Targets!));
    }

    /// <summary>The loss with the weights found, or null if one is not finite.</summary>
    public LearnedLoss? Found()
    {
        Matrix<double>[] found = [.. Weights.Select(weight => weight.Value.Map(double.CreateTruncating))];
        return found.Any(weight => weight.Exists(number => !double.IsFinite(number))) ? null : loss.WithWeights(found);
    }

    /// <summary>One step of gradient descent with Nesterov's momentum, on the tape: g += decay·p; m = momentum·m + g; p -= rate·(g + momentum·m).</summary>
    private bool Descend(Samples<T> batch)
    {
        Variable<T> outputs = Forward(batch);
        Variable<T> value = batch.Labels is { } labels ? loss.Compute(outputs, labels, weights) : loss.Compute(outputs, tape.Constant(batch.Targets!), weights);
        if (!value.NeedsGradient)
            return false;
        updated.CopyTo(parameters, 0);
        Gradients<T> gradients = tape.Gradients(value, parameters, createGraph: true);
        for (int i = 0; i < parameters.Length; i++)
        {
            Variable<T> gradient = gradients[i];
            if (settings.WeightDecay > 0)
                gradient += settings.WeightDecay * parameters[i];
            Variable<T> step = gradient;
            if (settings.Momentum > 0)
            {
                momenta[i] = momenta[i] == default ? gradient : (settings.Momentum * momenta[i]) + gradient;
                step = gradient + (settings.Momentum * momenta[i]);
            }

            updated[i] = parameters[i] - (settings.LearningRate * step);
        }

        return true;
    }

    /// <summary>The net with the updated weights in place of its own: dense layers with ReLU between them.</summary>
    private Variable<T> Forward(Samples<T> batch)
    {
        Variable<T> x = tape.Constant(batch.Features);
        for (int i = 0; i < updated.Length; i += 2)
        {
            x = x.MatMul(updated[i]) + updated[i + 1];
            if (i + 2 < updated.Length)
                x = x.Relu();
        }

        return x;
    }
}
