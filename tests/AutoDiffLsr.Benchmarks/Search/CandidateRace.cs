using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Benchmarks.Compare;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Search;

/// <summary>
/// One candidate of a search for losses, here and in PyTorch: 250 steps of local search through one step of training, then a training of 500 steps, of a net
/// 10-64-64-1 on 265 rows, each on one thread. The best of some rounds counts; the time of processors is less disturbed by other work than that of clocks.
/// </summary>
internal static class CandidateRace
{
    public const string Command = "candidate";

    private const int Rounds = 5, Rows = 442;

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Search", "pytorch_candidate.py");
    private static readonly string[] Formulas = ["(y - f)^2", "tanh(log(y)*f) - sqrt(y - f) + (y - f)^2"];

    public static int Run()
    {
        string? python = PyTorchProcess.Locate();
        Console.WriteLine(python is null ? PyTorchProcess.HowToGet : Machine.Describe());
        foreach (string formula in Formulas)
        {
            (double wall, double cpu) = Own(formula);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{formula}: {1e3 * wall:0} ms, {1e3 * cpu:0} ms of a processor"));
            if (python is null)
                continue;
            using JsonDocument other = Other(python, formula);
            double otherWall = other.RootElement.GetProperty("wall").GetDouble(), otherCpu = other.RootElement.GetProperty("cpu").GetDouble();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  PyTorch {other.RootElement.GetProperty("torch").GetString()}: {1e3 * otherWall:0} ms, {1e3 * otherCpu:0} ms of a processor; {otherWall / wall:0.0} and {otherCpu / cpu:0.0} times as long"));
        }

        return 0;
    }

    private static (double Wall, double Cpu) Own(string formula)
    {
        Compute.Threads = 1;
        RandomSource random = new(1);
        Matrix<float> x = Matrix<float>.Build.Dense(Rows, 10, (_, _) => (float)random.NextNormal());
        SearchData data = SearchData.Split("generated", Samples<float>.OfNumbers(x, Matrix<float>.Build.Dense(Rows, 1, (row, _) => MathF.Sin(x[row, 0]))), seed: 1);
        CandidateEvaluator evaluator = new(data, new InnerSettings { Rejection = Rejection.Never }, seed: 1);
        Candidate candidate = new(formula, new SymbolicLoss(Expression.Parse(formula)), Learns: true, FromOnes: true);
        (double wall, double cpu) = (double.PositiveInfinity, double.PositiveInfinity);
        using Process self = Process.GetCurrentProcess();
        for (int round = 0; round <= Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            double startCpu = Cpu(self);
            PreparedLoss prepared = evaluator.Prepare(candidate.Loss, candidate.Learns, candidate.FromOnes, $"prepare {formula}", CancellationToken.None);
            evaluator.Fitness(CandidateEvaluator.LossOf(prepared.LossOf(candidate)), 0.01, "race", onTest: false, CancellationToken.None);
            wall = Math.Min(wall, Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpu = Math.Min(cpu, Cpu(self) - startCpu);
        }

        return (wall, cpu);
    }

    private static double Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static JsonDocument Other(string python, string formula)
    {
        ProcessStartInfo start = PyTorchProcess.StartInfo(python, threads: 1, [Script, formula, Rounds.ToString(CultureInfo.InvariantCulture)]);
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return JsonDocument.Parse(answer);
    }
}
