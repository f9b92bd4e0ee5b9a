// MAML: weights that learn a new sine after one step.
// dotnet run maml.cs
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

static class Maml
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var model = new Sequential<double>(new Dense<double>(1, 20, random), new Tanh<double>(), new Dense<double>(20, 1, random));
        var mse = new MeanSquaredError();
        var optimizer = new Adam<double>(model.Parameters, 0.01);
        using var tape = new Tape<double>();
        double first = 0, last = 0;
        for (int task = 0; task < 800; task++)
        {
            tape.Reset();
            double phase = random.NextDouble();
            var (x, y) = Points();
            var inner = new UnrolledSgd<double>(tape, model.Parameters, learningRate: 0.1);
            inner.Step(mse.Compute(model.Forward(x), y));
            (x, y) = Points();
            Variable<double> loss;
            using (inner.Bind())
                loss = mse.Compute(model.Forward(x), y);
            optimizer.Step(tape.Gradients(loss, model.Parameters));
            (first, last) = (first + (task < 50 ? loss.Scalar : 0), last + (task >= 750 ? loss.Scalar : 0));

            (Variable<double> X, Variable<double> Y) Points()
            {
                var points = Matrix<double>.Build.Dense(10, 1, (_, _) => 4 * random.NextDouble() - 2);
                return (tape.Constant(points), tape.Constant(points.Map(value => Math.Sin(value + phase))));
            }
        }

        Console.WriteLine(last < first / 4 ? "one step suffices" : $"{first} {last}");
    }
}
// prints: one step suffices
