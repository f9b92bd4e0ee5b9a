// Two layers that share one weight.
// dotnet run shared-weights.cs
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

static class SharedWeights
{
    static void Main()
    {
        var first = new Dense<double>(3, 3, new RandomSource(seed: 1));
        var model = new Sequential<double>(first, new Tanh<double>(), new Dense<double>(first.Weight));
        using var tape = new Tape<double>();
        var loss = model.Forward(tape.Constant(Matrix<double>.Build.Dense(2, 3, 1.0))).Sum();
        Console.WriteLine($"{model.Parameters.Count} parameters, {model.CountParameters()} numbers, gradient {tape.Gradient(loss, first.Weight).Shape}");
    }
}
// prints: 2 parameters, 12 numbers, gradient 3x3
