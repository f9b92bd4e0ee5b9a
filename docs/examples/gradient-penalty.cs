// A penalty on the gradient by the input, differentiated again.
// dotnet run gradient-penalty.cs
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

static class GradientPenalty
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var critic = new Sequential<double>(new Dense<double>(2, 16, random), new Tanh<double>(), new Dense<double>(16, 1, random));
        var optimizer = new Adam<double>(critic.Parameters, 0.02);
        using var tape = new Tape<double>();
        double penalty = 0;
        for (int step = 0; step < 200; step++)
        {
            tape.Reset();
            var x = tape.Variable(Matrix<double>.Build.Dense(32, 2, (_, _) => random.NextNormal()));
            var slope = tape.Gradient(critic.Forward(x).Sum(), x, createGraph: true);
            var loss = ((slope.Square().SumOverColumns() + 1e-12).Sqrt() - 1).Square().Mean();
            optimizer.Step(tape.Gradients(loss, critic.Parameters));
            penalty = loss.Scalar;
        }

        Console.WriteLine(penalty < 0.05 ? "slopes have norm 1" : $"penalty {penalty}");
    }
}
// prints: slopes have norm 1
