// Several yes-or-no labels for each sample.
// dotnet run multi-label.cs
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

static class MultiLabel
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var x = Matrix<float>.Build.Dense(400, 2, (_, _) => (float)random.NextNormal());
        var y = Matrix<float>.Build.Dense(400, 2, (i, k) => k == 0 ? (x[i, 0] > 0 ? 1 : 0) : (x[i, 0] + x[i, 1] > 0 ? 1 : 0));
        var (train, test) = StratifiedSplit.Create(Dataset<float>.FromMatrix(x, Targets<float>.BinaryLabels(y, ["right", "up"])), 0.25, seed: 1);
        var model = new Sequential<float>(new Dense<float>(2, 16, random), new Relu<float>(), new Dense<float>(16, 2, random));
        new Trainer<float>(model, new BinaryCrossEntropy(), new Adam<float>(model.Parameters, 0.02)) { Epochs = 40 }.Fit(new Batches<float>(train, 32, random));
        var scores = new Evaluator<float>(model).Evaluate(test);
        Console.WriteLine($"exact {scores.ExactAccuracy > 0.9}, auc of 'up' {scores.AreaUnderCurveOf(1) > 0.98}");
    }
}
// prints: exact True, auc of 'up' True
