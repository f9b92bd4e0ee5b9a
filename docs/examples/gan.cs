// A GAN, in the order of PyTorch's DCGAN: both nets on one tape, the discriminator stepped while the generator's graph is still there.
// dotnet run gan.cs
#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#nullable enable
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

static class Gan
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var generator = new Sequential<double>(new Dense<double>(1, 32, random), new Tanh<double>(), new Dense<double>(32, 1, random));
        var discriminator = new Sequential<double>(new Dense<double>(1, 32, random), new LeakyRelu<double>(0.2), new Dense<double>(32, 1, random));
        var (stepG, stepD) = (new Adam<double>(generator.Parameters, 0.0005, beta1: 0.5), new Adam<double>(discriminator.Parameters, 0.002, beta1: 0.5));
        var bce = new BinaryCrossEntropy();
        using var tape = new Tape<double>();
        for (int step = 0; step < 3000; step++)
        {
            tape.Reset();
            var (one, zero) = (tape.Constant(new Shape(64, 1), 1), tape.Constant(new Shape(64, 1), 0));
            var real = tape.Constant(3 + (0.5 * Noise()));
            var fake = generator.Forward(tape.Constant(Noise()));
            var lossD = bce.Compute(discriminator.Forward(real), one) + bce.Compute(discriminator.Forward(fake.Detach()), zero);
            stepD.Step(tape.Gradients(lossD, discriminator.Parameters));
            var lossG = bce.Compute(discriminator.Forward(fake), one);
            stepG.Step(tape.Gradients(lossG, generator.Parameters));
        }

        tape.Reset();
        double[] drawn = generator.Forward(tape.Constant(Noise(2000))).Value.ToColumnMajorArray();
        Console.WriteLine($"mean 3: {Math.Abs(drawn.Mean() - 3) < 0.3}, deviation 0.5: {Math.Abs(drawn.StandardDeviation() - 0.5) < 0.2}");

        Matrix<double> Noise(int rows = 64) => Matrix<double>.Build.Dense(rows, 1, (_, _) => random.NextNormal());
    }
}
// prints: mean 3: True, deviation 0.5: True
