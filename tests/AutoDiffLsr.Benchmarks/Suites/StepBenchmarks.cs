using AutoDiffLsr.Benchmarks.Cases;
using AutoDiffLsr.Numerics;
using BenchmarkDotNet.Attributes;

namespace AutoDiffLsr.Benchmarks.Suites;

/// <summary>Whole steps of training on one thread.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private TrainingStep step = null!;

    [Params("2-16-16-1", "64-32-10", "784-128-10")]
    public string Net { get; set; } = "";

    [Params("sgd", "adam")]
    public string Optimizer { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        Compute.Threads = 1;
        step = new TrainingStep([.. Net.Split('-').Select(int.Parse)], batch: Net[0] == '7' ? 128 : 32, Optimizer);
    }

    [Benchmark]
    public void Step() => step.Run();
}
