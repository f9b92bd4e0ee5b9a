using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>The loss of a batch.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="outputs">What the net says, N x C or N x K.</param>
/// <param name="batch">What would have been right.</param>
/// <returns>1x1.</returns>
internal delegate Variable<T> SamplesLoss<T>(Variable<T> outputs, Samples<T> batch)
    where T : struct, IFloatingPointIeee754<T>;

/// <summary>Nets that losses are judged by.</summary>
internal static class NetTraining
{
    /// <summary>How often a training looks whether it is still finite and still wanted.</summary>
    private const int StepsBetweenLooks = 25;

    /// <summary>A new net.</summary>
    public static Sequential<T> Create<T>(Samples<T> samples, InnerSettings settings, RandomSource random)
        where T : struct, IFloatingPointIeee754<T>
    {
        List<Layer<T>> layers = [];
        int columns = samples.Features.ColumnCount;
        foreach (int width in settings.Hidden)
        {
            layers.Add(new Dense<T>(columns, width, random));
            layers.Add(new Relu<T>());
            columns = width;
        }

        layers.Add(new Dense<T>(columns, samples.Outputs, random));
        return new Sequential<T>([.. layers]);
    }

    /// <summary>Draws the weights of a net anew, as <see cref="Create{T}"/> does.</summary>
    public static void Redraw<T>(Sequential<T> net, RandomSource random)
        where T : struct, IFloatingPointIeee754<T>
    {
        foreach (Layer<T> layer in net)
        {
            if (layer is not Dense<T> dense)
                continue;
            Initializer.FanInUniform.Fill(dense.Weight.Update(), dense.Inputs, dense.Outputs, random);
            Initializer.FanInUniform.Fill(dense.Bias!.Update(), dense.Inputs, dense.Outputs, random);
        }
    }

    /// <summary>A net that was trained for some steps, or null if it did not stay finite.</summary>
    public static Sequential<float>? Train(
        Samples<float> train, SamplesLoss<float> loss, InnerSettings settings, double learningRate, RandomSource random, CancellationToken cancellation)
    {
        Sequential<float> net = Create(train, settings, random.Fork("weights"));
        BatchDraw<float> batches = new(train, settings.BatchSize, random.Fork("batches"));
        Sgd<float> optimizer = Descent(net.Parameters, settings, learningRate);
        using Tape<float> tape = new();
        for (int step = 0; step < settings.Steps; step++)
        {
            tape.Reset();
            Samples<float> batch = batches.Next();
            Variable<float> value = loss(net.Forward(tape.Constant(batch.Features)), batch);
            if (step % StepsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!float.IsFinite(value.Scalar))
                    return null;
            }

            if (!value.NeedsGradient || !TryStep(optimizer, tape.Gradients(value, net.Parameters)))
                return null;
        }

        return IsFinite(net) ? net : null;
    }

    public static Sgd<T> Descent<T>(IReadOnlyList<Parameter<T>> parameters, InnerSettings settings, double learningRate)
        where T : struct, IFloatingPointIeee754<T> =>
        new(parameters, learningRate, settings.Momentum, nesterov: settings.Momentum > 0, settings.WeightDecay);

    /// <summary>A step, or false where a gradient is not finite: losses that are found by trial make such, and are then of no use.</summary>
    public static bool TryStep<T>(Optimizer<T> optimizer, Gradients<T> gradients)
        where T : struct, IFloatingPointIeee754<T>
    {
        try
        {
            optimizer.Step(gradients);
            return true;
        }
        catch (NotFiniteNumberException)
        {
            return false;
        }
    }

    /// <summary>What a net is judged by: the share of wrong classes, or the mean squared error of standardized targets. Infinite where it is not finite.</summary>
    public static double Metric(Sequential<float> net, Samples<float> part) => Metric(net.Predict(part.Features), part);

    /// <summary>What outputs are judged by.</summary>
    public static double Metric(Matrix<float> outputs, Samples<float> part)
    {
        double metric = part.Labels is { } labels ? ErrorRate(outputs, labels) : SquaredError(outputs, part.Targets!);
        return double.IsFinite(metric) ? metric : double.PositiveInfinity;
    }

    private static double SquaredError(Matrix<float> outputs, Matrix<float> targets)
    {
        ReadOnlySpan<float> said = outputs.AsColumnMajorArray(), right = targets.AsColumnMajorArray();
        double sum = 0;
        for (int i = 0; i < said.Length; i++)
        {
            double difference = (double)said[i] - right[i];
            sum += difference * difference;
        }

        return sum / said.Length;
    }

    private static double ErrorRate(Matrix<float> outputs, int[] labels)
    {
        int wrong = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            int best = 0;
            for (int column = 0; column < outputs.ColumnCount; column++)
            {
                if (!float.IsFinite(outputs[row, column]))
                    return double.PositiveInfinity;
                if (outputs[row, column] > outputs[row, best])
                    best = column;
            }

            wrong += best == labels[row] ? 0 : 1;
        }

        return wrong / (double)labels.Length;
    }

    private static bool IsFinite(Sequential<float> net)
    {
        foreach (Parameter<float> parameter in net.Parameters)
        {
            foreach (float number in parameter.Value.AsColumnMajorArray())
            {
                if (!float.IsFinite(number))
                    return false;
            }
        }

        return true;
    }
}
