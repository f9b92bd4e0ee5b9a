// A loss of your own whose numbers are learnt: how far to trust a residual is found by differentiating through training.
// dotnet run learned-expression.cs
#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#nullable enable
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;

static class LearnedExpression
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var model = new Sequential<double>(new Dense<double>(2, 1, random, initializer: Initializer.Zeros));
        var scale = new Parameter<double>("log scale", Matrix<double>.Build.Dense(1, 1, 2.0));
        var optimizer = new Adam<double>([scale], 0.1);
        using var tape = new Tape<double>();
        double[] errors = new double[60];
        for (int task = 0; task < errors.Length; task++)
        {
            tape.Reset();
            var truth = Points(2, 1);
            var (x, clean) = (Points(40, 2), Points(200, 2));
            var outliers = Matrix<double>.Build.Dense(40, 1, (i, _) => i % 5 == 0 ? 20 : 0.1 * random.NextNormal());
            var inner = new UnrolledSgd<double>(tape, model.Parameters, learningRate: 0.5);
            for (int step = 0; step < 15; step++)
                inner.Step(Train(x, (x * truth) + outliers, inner));
            using var scope = inner.Bind();
            var error = new MeanSquaredError().Compute(model.Forward(tape.Constant(clean)), tape.Constant(clean * truth));
            optimizer.Step(tape.Gradients(error, [scale]));
            errors[task] = error.Scalar;
        }

        Console.WriteLine($"error a tenth of the squared loss': {errors[^10..].Average() < errors[..3].Average() / 10}");

        // c²·log(1 + (r / c)²), Cauchy's loss with a learnt c: far residuals count less.
        Variable<double> Train(Matrix<double> x, Matrix<double> y, UnrolledSgd<double> inner)
        {
            using var scope = inner.Bind();
            var c = tape.Parameter(scale).Exp();
            return (c.Square() * ((model.Forward(tape.Constant(x)) - tape.Constant(y)) / c).Square().Log1p()).Mean();
        }

        Matrix<double> Points(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextNormal());
    }
}
// prints: error a tenth of the squared loss': True
