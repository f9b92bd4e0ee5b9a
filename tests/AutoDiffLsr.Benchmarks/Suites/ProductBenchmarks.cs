using AutoDiffLsr.Benchmarks.Cases;
using AutoDiffLsr.Numerics;
using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Suites;

/// <summary>Square products through MathNet: with its managed provider and with ours, on one thread.</summary>
[MemoryDiagnoser]
public class ProductBenchmarks
{
    private Matrix<float> a = null!, b = null!, product = null!;

    [Params(64, 256, 512)]
    public int Side { get; set; }

    [Params(false, true)]
    public bool OurProvider { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        RandomSource random = new(seed: 1);
        (a, b, product) = (TrainingStep.Normal(Side, Side, random), TrainingStep.Normal(Side, Side, random), Matrix<float>.Build.Dense(Side, Side));
        (Compute.Threads, MathNet.Numerics.Control.MaxDegreeOfParallelism) = (1, 1);
        if (OurProvider)
            AutoDiffLsrProvider.Use();
    }

    [GlobalCleanup]
    public void TakeBack()
    {
        if (OurProvider)
            AutoDiffLsrProvider.Restore();
    }

    [Benchmark]
    public void Multiply() => a.Multiply(b, product);
}
