// MathNet's BFGS over all parameters of a model.
// dotnet run bfgs.cs
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

static class Bfgs
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var model = new Sequential<double>(new Dense<double>(1, 6, random), new Tanh<double>(), new Dense<double>(6, 1, random));
        var flat = new FlatParameters<double>(model.Parameters);
        var x = Matrix<double>.Build.Dense(30, 1, (i, _) => (i - 15) / 10.0);
        using var tape = new Tape<double>();
        var objective = MathNet.Numerics.Optimization.ObjectiveFunction.Gradient(point =>
        {
            flat.Assign(point);
            tape.Reset();
            var loss = new MeanSquaredError().Compute(model.Forward(tape.Constant(x)), tape.Constant(x.PointwiseSin()));
            return (loss.Scalar, flat.Gather(tape.Gradients(loss, model.Parameters)));
        });
        var minimizer = new MathNet.Numerics.Optimization.LimitedMemoryBfgsMinimizer(1e-5, 1e-8, 1e-8, 10, 1000);
        var result = minimizer.FindMinimum(objective, flat.ToVector());
        Console.WriteLine(result.FunctionInfoAtMinimum.Value < 1e-3 ? "fitted" : $"{result.FunctionInfoAtMinimum.Value}");
    }
}
// prints: fitted
