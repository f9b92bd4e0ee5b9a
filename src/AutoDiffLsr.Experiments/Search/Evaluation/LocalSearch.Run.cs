using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>Runs local search as EvoMAL does: each step starts from a new net, trains it on training rows, and looks at validation rows.</summary>
internal static class LocalSearch
{
    private const int StepsBetweenLooks = 10;

    /// <summary>The loss with the weights found, or null if it has no gradient or did not stay finite.</summary>
    public static LearnedLoss? Run(LearnedLoss loss, SearchData data, InnerSettings settings, RandomSource random, CancellationToken cancellation)
    {
        RandomSource initial = random.Fork("nets");
        Sequential<float> net = NetTraining.Create(data.Train, settings, initial);
        BatchDraw<float>[] training = [.. Enumerable.Range(0, settings.InnerSteps).Select(step => new BatchDraw<float>(data.Train, settings.BatchSize, random.Fork($"batches {step}")))];
        BatchDraw<float> validation = new(data.Validation, settings.BatchSize, random.Fork("validation"));
        using Tape<float> tape = new();
        LocalSearch<float> search = new(tape, loss, net, settings);
        Adam<float> optimizer = new(search.Weights, settings.MetaLearningRate);
        int next = 0;
        Samples<float> NextBatch() => training[next++ % training.Length].Next();
        Func<Samples<float>> batches = NextBatch;
        for (int step = 0; step < settings.MetaSteps; step++)
        {
            tape.Reset();
            if (step > 0)
                NetTraining.Redraw(net, initial);
            Variable<float> task = search.TaskLoss(batches, validation.Next());
            if (step % StepsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!float.IsFinite(task.Scalar))
                    return null;
            }

            if (!task.NeedsGradient || !NetTraining.TryStep(optimizer, tape.Gradients(task, search.Weights)))
                return null;
        }

        return search.Found();
    }
}
