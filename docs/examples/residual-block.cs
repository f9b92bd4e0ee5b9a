// A layer of your own, made of layers: a residual block.
// dotnet run residual-block.cs
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

static class ResidualBlock
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var model = new Sequential<double>(new Block(4, random), new Block(4, random), new Dense<double>(4, 1, random));
        using var tape = new Tape<double>();
        var x = tape.Constant(Matrix<double>.Build.Dense(3, 4, (i, j) => i - j));
        var gradients = tape.Gradients(model.Forward(x).Square().Mean(), model.Parameters);
        Console.WriteLine($"{model.Parameters.Count} parameters, {model.CountParameters()} numbers, {gradients.Count} gradients");
    }

    sealed class Block(int width, RandomSource random) : Layer<double>
    {
        readonly Dense<double> first = new(width, width, random), second = new(width, width, random);

        public override string Description => $"residual block of {width}";
        public override IReadOnlyList<Layer<double>> Children => [first, second];
        public override Variable<double> Forward(Variable<double> x) => x + second.Forward(first.Forward(x).Relu());
    }
}
// prints: 10 parameters, 85 numbers, 10 gradients
