// The README shows the lines between the markers; ReadmeTests holds the two equal and runs this.
#pragma warning disable IDE0005, IDE0007, IDE0008
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Data;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.SelfCheck;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Tests.Readme;

internal static class ReadmeProgram
{
    public static void Run()
    {
        // README begins
        var (train, test) = BuiltInData.Create<float>("spirals", seed: 1);
        var random = new RandomSource(seed: 1);
        var model = new Sequential<float>(new Dense<float>(train.Features, 64, random), new Relu<float>(),
                                          new Dense<float>(64, 64, random), new Relu<float>(),
                                          new Dense<float>(64, train.Classes, random));
        var loss = new SparseLabelSmoothing(smoothing: 0.1);
        var optimizer = new Adam<float>(model.Parameters, learningRate: 0.01);
        var batches = new Batches<float>(train, batchSize: 64, shuffle: random);
        using var tape = new Tape<float>();
        for (int epoch = 1; epoch <= 60; epoch++)
        {
            foreach (var batch in batches)
            {
                tape.Reset();
                var logits = model.Forward(tape.Constant(batch.Features));
                optimizer.Step(tape.Gradients(loss.Compute(logits, batch.Labels), model.Parameters));
            }
        }
        Console.WriteLine($"test accuracy {new Evaluator<float>(model).Evaluate(test).Accuracy:P1}");
        // README ends
    }
}
