// Matrix factorisation: two parameters, no layer.
// dotnet run matrix-factorisation.cs
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

static class MatrixFactorisation
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        Matrix<double> Normal(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextNormal());
        var ratings = Normal(8, 2) * Normal(2, 6);
        var users = new Parameter<double>("users", Normal(8, 2));
        var films = new Parameter<double>("films", Normal(2, 6));
        var optimizer = new Adam<double>([users, films], 0.05);
        using var tape = new Tape<double>();
        double last = 0;
        for (int step = 0; step < 600; step++)
        {
            tape.Reset();
            var loss = (tape.Parameter(users).MatMul(tape.Parameter(films)) - tape.Constant(ratings)).Square().Mean();
            optimizer.Step(tape.Gradients(loss, optimizer.Parameters));
            last = loss.Scalar;
        }

        Console.WriteLine(last < 1e-3 ? "factored" : $"{last}");
    }
}
// prints: factored
