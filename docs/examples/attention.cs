// Self-attention over the rows of a sequence: every row finds the row with the highest rank, and takes over what stands there.
// dotnet run attention.cs
#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#nullable enable
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;

static class Attention
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var model = new Head(inputs: 2, width: 8, random);
        var optimizer = new Adam<double>(model.Parameters, 0.02);
        using var tape = new Tape<double>();
        double error = 1;
        for (int step = 0; step < 600; step++)
        {
            tape.Reset();
            double[] rank = [0, 1, 2, 3];
            random.Shuffle<double>(rank);
            var x = Matrix<double>.Build.Dense(4, 2, (row, column) => column == 0 ? rank[row] : random.NextNormal());
            var highest = tape.Constant(new Shape(4, 1), x[Array.IndexOf(rank, 3), 1]);
            var loss = new MeanSquaredError().Compute(model.Forward(tape.Constant(x)), highest);
            optimizer.Step(tape.Gradients(loss, model.Parameters));
            error += (loss.Scalar - error) / 50;
        }

        Console.WriteLine(error < 0.01 ? "it looks at the highest rank" : $"error {error}");
    }

    // softmax(Q·Kᵀ / √width)·V, with queries, keys and values made of the rows.
    sealed class Head(int inputs, int width, RandomSource random) : Layer<double>
    {
        readonly Dense<double> queries = new(inputs, width, random), keys = new(inputs, width, random), values = new(inputs, 1, random);

        public override string Description => $"attention of {width}";
        public override IReadOnlyList<Layer<double>> Children => [queries, keys, values];

        public override Variable<double> Forward(Variable<double> x) =>
            (queries.Forward(x).MatMul(keys.Forward(x), transposeB: true) / Math.Sqrt(width)).Softmax().MatMul(values.Forward(x));
    }
}
// prints: it looks at the highest rank
