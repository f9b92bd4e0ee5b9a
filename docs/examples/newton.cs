// Newton's method with the exact Hessian.
// dotnet run newton.cs
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

static class Newton
{
    static void Main()
    {
        var x = Matrix<double>.Build.DenseOfArray(new[,] { { -1.2 }, { 1.0 } });
        using var tape = new Tape<double>();
        for (int step = 0; step < 10; step++)
        {
            tape.Reset();
            var v = tape.Variable(x);
            var first = tape.Constant(Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 0.0 } })).MatMul(v);
            var second = tape.Constant(Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 1.0 } })).MatMul(v);
            var rosenbrock = (1 - first).Square() + (100 * (second - first.Square()).Square());
            x -= Derivatives.Hessian(rosenbrock, v).Solve(tape.Gradient(rosenbrock, v).Value);
        }

        Console.WriteLine($"{x[0, 0]:F6} {x[1, 0]:F6}");
    }
}
// prints: 1.000000 1.000000
