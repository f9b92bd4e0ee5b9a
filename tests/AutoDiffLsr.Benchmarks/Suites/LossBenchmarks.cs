using AutoDiffLsr.Benchmarks.Cases;
using BenchmarkDotNet.Attributes;

namespace AutoDiffLsr.Benchmarks.Suites;

/// <summary>Value and gradient of the losses.</summary>
[MemoryDiagnoser]
public class LossBenchmarks
{
    private LossGradient gradient = null!;

    [Params("ce", "lsr", "sparse-lsr")]
    public string Loss { get; set; } = "";

    [Params(10, 1000, 50257)]
    public int Classes { get; set; }

    [GlobalSetup]
    public void Prepare() => gradient = new LossGradient(Loss, 128, Classes);

    [Benchmark]
    public void ValueAndGradient() => gradient.Run();
}
