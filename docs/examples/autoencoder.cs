// An autoencoder of handwritten digits: the input is the target. MNIST if this machine has it, digits drawn by a program otherwise.
// dotnet run autoencoder.cs
#:project ../../src/AutoDiffLsr.Data/AutoDiffLsr.Data.csproj
#nullable enable
using AutoDiffLsr.Data;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;

static class Autoencoder
{
    static async Task Main()
    {
        using var client = new HttpClient();
        var mnist = new MnistSource(client);
        var digits = mnist.Locate() is null ? GeneratedDigits.Create<float>(seed: 1) : await mnist.LoadAsync<float>();
        var train = StratifiedSubset.Take(digits.Train, 2000, seed: 1).WithTargets(Targets<float>.Input);
        var test = StratifiedSubset.Take(digits.Test, 500, seed: 1).WithTargets(Targets<float>.Input);

        var random = new RandomSource(seed: 1);
        var model = new Sequential<float>(
            new Dense<float>(train.Features, 64, random), new Relu<float>(), new Dense<float>(64, 16, random), // sixteen numbers for each image
            new Dense<float>(16, 64, random), new Relu<float>(), new Dense<float>(64, train.Features, random));
        new Trainer<float>(model, new MeanSquaredError(), new Adam<float>(model.Parameters, 0.003)) { Epochs = 10 }.Fit(new Batches<float>(train, 50, random));

        // The mean image alone is off by 0.22 (generated digits) or 0.26 (MNIST), of a range from 0 to 1.
        double error = new Evaluator<float>(model).Evaluate(test).RootMeanSquaredError;
        Console.WriteLine(error < 0.18 ? "sixteen numbers tell the digits" : $"error {error}");
    }
}
// prints: sixteen numbers tell the digits
