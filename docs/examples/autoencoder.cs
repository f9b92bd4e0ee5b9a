// An autoencoder: the input is the target.
// dotnet run autoencoder.cs
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

static class Autoencoder
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var hidden = Matrix<float>.Build.Dense(200, 2, (_, _) => (float)random.NextNormal());
        var x = hidden * Matrix<float>.Build.Dense(2, 8, (_, _) => (float)random.NextNormal());
        var data = Dataset<float>.FromMatrix(x, Targets<float>.Input);
        var model = new Sequential<float>(new Dense<float>(8, 2, random), new Dense<float>(2, 8, random));
        var trainer = new Trainer<float>(model, new MeanSquaredError(), new Adam<float>(model.Parameters, 0.02)) { Epochs = 60 };
        var history = trainer.Fit(new Batches<float>(data, 20, random)).History;
        Console.WriteLine(history[^1].TrainScore < 0.1 * history[0].TrainScore ? "two numbers tell all eight" : "not learnt");
    }
}
// prints: two numbers tell all eight
