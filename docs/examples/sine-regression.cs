// Regression: a sine, with early stopping on a validation part.
// dotnet run sine-regression.cs
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

static class SineRegression
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var x = Matrix<double>.Build.Dense(300, 1, (i, _) => (i - 150) / 40.0);
        var (train, test) = StratifiedSplit.Create(Dataset<double>.FromMatrix(x, x.PointwiseSin()), testFraction: 0.25, seed: 1);
        var model = new Sequential<double>(new Dense<double>(1, 32, random), new Tanh<double>(), new Dense<double>(32, 1, random));
        var trainer = new Trainer<double>(model, new MeanSquaredError(), new Adam<double>(model.Parameters, 0.02)) { Epochs = 200, Patience = 30, RestoreBest = true };
        trainer.Fit(new Batches<double>(train, 32, random), test);
        Console.WriteLine(new Evaluator<double>(model).Evaluate(test).RSquared > 0.999 ? "the sine is learnt" : "not learnt");
    }
}
// prints: the sine is learnt
