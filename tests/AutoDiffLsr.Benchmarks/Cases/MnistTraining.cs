using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Data;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Benchmarks.Cases;

/// <summary>MNIST on 784-128-10 in shuffled batches of 128 with cross-entropy and Adam.</summary>
internal sealed class MnistTraining
{
    private readonly Tape<float> tape = new();
    private readonly CrossEntropy loss = new();
    private readonly TrainTestSplit<float> data;
    private readonly Sequential<float> model;
    private readonly Adam<float> optimizer;
    private readonly Batches<float> batches;
    private readonly Evaluator<float> evaluator;

    public MnistTraining(string folder)
    {
        RandomSource random = new(seed: 1);
        data = IdxFolder.Read<float>(folder);
        model = TrainingStep.Mlp([784, 128, 10], random);
        optimizer = new Adam<float>(model.Parameters, learningRate: 1e-3);
        batches = new Batches<float>(data.Train, batchSize: 128, shuffle: random);
        evaluator = new Evaluator<float>(model);
    }

    public void RunEpoch()
    {
        foreach (Batch<float> batch in batches)
        {
            tape.Reset();
            Variable<float> logits = model.Forward(tape.Constant(batch.Features));
            optimizer.Step(tape.Gradients(loss.Compute(logits, batch.Labels), model.Parameters));
        }
    }

    public double TestAccuracy() => evaluator.Evaluate(data.Test).Accuracy;
}
