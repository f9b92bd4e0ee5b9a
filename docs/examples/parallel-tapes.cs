// Two threads, a tape each, one sum of gradients.
// dotnet run parallel-tapes.cs
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

static class ParallelTapes
{
    static void Main()
    {
        var model = new Sequential<double>(new Dense<double>(2, 1, new RandomSource(seed: 1)));
        var optimizer = new Sgd<double>(model.Parameters, 0.1);
        var parts = Enumerable.Range(0, 2).Select(_ => new ParameterGradients<double>(model.Parameters)).ToArray();
        double loss = 0;
        for (int step = 0; step < 600; step++)
        {
            Parallel.For(0, 2, i =>
            {
                using var tape = new Tape<double>();
                var x = Matrix<double>.Build.Dense(8, 2, (row, column) => Math.Sin(row + (8 * i) + (3 * column)));
                var y = tape.Constant(x.Column(0).ToColumnMatrix() - (2 * x.Column(1).ToColumnMatrix()));
                var half = new MeanSquaredError().Compute(model.Forward(tape.Constant(x)), y);
                parts[i].Clear();
                parts[i].Add(tape.Gradients(half, model.Parameters), 0.5);
                if (i == 0)
                    loss = half.Scalar;
            });
            parts[0].Add(parts[1]);
            optimizer.Step(parts[0]);
        }

        Console.WriteLine(loss < 0.01 ? "learnt by two threads" : $"{loss}");
    }
}
// prints: learnt by two threads
