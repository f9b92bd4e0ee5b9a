// A recurrent net, unrolled over time: it adds up a sequence that it sees number by number.
// dotnet run unrolled-rnn.cs
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

static class UnrolledRnn
{
    static void Main()
    {
        var random = new RandomSource(seed: 1);
        var x = Matrix<double>.Build.Dense(600, 8, (_, _) => (2 * random.NextDouble()) - 1);
        var (train, test) = StratifiedSplit.Create(Dataset<double>.FromMatrix(x, x.RowSums().ToColumnMatrix()), testFraction: 0.25, seed: 1);
        var model = new Recurrent(8, random);
        var adam = new Adam<double>(model.Parameters, 0.01) { Clipping = GradientClipping.ByNorm(1) };
        new Trainer<double>(model, new MeanSquaredError(), adam) { Epochs = 40, Schedule = Schedule.Cosine(40) }.Fit(new Batches<double>(train, 32, random));
        Console.WriteLine(new Evaluator<double>(model).Evaluate(test).RSquared > 0.99 ? "it adds up" : "not learnt");
    }

    // h = tanh(x·W + h·U) for each column x of the sequence, and a number from the last h.
    sealed class Recurrent(int width, RandomSource random) : Layer<double>
    {
        readonly Dense<double> input = new(1, width, random), state = new(width, width, random, bias: false), output = new(width, 1, random);

        public override string Description => $"recurrent net of {width}";
        public override IReadOnlyList<Layer<double>> Children => [input, state, output];
        public override int OutputColumns(int inputColumns) => 1;

        public override Variable<double> Forward(Variable<double> x)
        {
            var h = input.Forward(x.SliceColumns(0, 1)).Tanh();
            for (int time = 1; time < x.Columns; time++)
                h = (input.Forward(x.SliceColumns(time, 1)) + state.Forward(h)).Tanh();
            return output.Forward(h);
        }
    }
}
// prints: it adds up
