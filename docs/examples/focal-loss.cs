// A classification loss of your own: focal loss.
// dotnet run focal-loss.cs
#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#nullable enable
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

static class FocalLoss
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var x = Matrix<float>.Build.Dense(200, 2, (_, _) => (float)random.NextNormal());
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => x[i, 0] > 0.8 ? 1 : 0)];
        var data = Dataset<float>.FromMatrix(x, labels);
        var model = new Sequential<float>(new Dense<float>(2, 8, random), new Relu<float>(), new Dense<float>(8, 2, random));
        new Trainer<float>(model, new Focal(), new Adam<float>(model.Parameters, 0.02)) { Epochs = 40 }.Fit(new Batches<float>(data, 20, random));
        Console.WriteLine(new Evaluator<float>(model, new Focal()).Evaluate(data).Accuracy > 0.95 ? "the rare class is found" : "not found");
    }

    sealed class Focal : ClassificationLoss
    {
        public override string Name => "focal";

        protected override Variable<T> Rows<T>(Variable<T> logits, int[] labels)
        {
            var logP = logits.LogSoftmax().GatherByLabel(labels);
            return -((1 - logP.Exp()).Square() * logP);
        }
    }
}
// prints: the rare class is found
