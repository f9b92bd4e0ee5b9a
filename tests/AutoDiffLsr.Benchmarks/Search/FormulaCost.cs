using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Benchmarks.Compare;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Search;

/// <summary>What a formula costs beside the same loss written by hand in operations: value and gradient of 128 x 10, on one thread, in turns, the best of many.</summary>
internal static class FormulaCost
{
    public const string Command = "formulas";

    private const int Rows = 128, Classes = 10, Rounds = 2000;

    private static readonly (string Formula, Func<Variable<float>, Variable<float>, Variable<float>> ByHand)[] Cases =
    [
        ("(y - f)^2", static (y, f) => (y - f).Square()),
        ("abs(log(1.1*(y*f)))", static (y, f) => (1.1 * (y * f)).Abs().Clamp(1e-7, double.PositiveInfinity).Log().Abs()),
        ("tanh(y*f) + div(y, f) - max(f, 0.5*y)", static (y, f) => (y * f).Tanh() + (y / (1 + f.Square()).Sqrt()) - f.Maximum(0.5 * y)),
    ];

    public static int Run()
    {
        Compute.Threads = 1;
        Console.WriteLine(Machine.Describe());
        RandomSource random = new(1);
        Matrix<float> outputs = Matrix<float>.Build.Dense(Rows, Classes, (_, _) => (float)random.NextNormal());
        Matrix<float> targets = Matrix<float>.Build.Dense(Rows, Classes, (_, _) => (float)random.NextNormal());
        using Tape<float> tape = new();
        foreach ((string formula, Func<Variable<float>, Variable<float>, Variable<float>> byHand) in Cases)
        {
            SymbolicLoss loss = new(Expression.Parse(formula));
            (double read, double written) = (double.PositiveInfinity, double.PositiveInfinity);
            for (int round = 0; round < Rounds; round++)
            {
                read = Math.Min(read, Time(f => loss.Compute(f, tape.Constant(targets))));
                written = Math.Min(written, Time(f => byHand(tape.Constant(targets), f).Sum() / (Rows * Classes)));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{formula}: {1e6 * read:0.0} us, by hand {1e6 * written:0.0} us, ratio {read / written:0.00}"));
        }

        return 0;

        double Time(Func<Variable<float>, Variable<float>> loss)
        {
            long start = Stopwatch.GetTimestamp();
            tape.Reset();
            Variable<float> f = tape.Variable(outputs);
            tape.Gradient(loss(f), f);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
