using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Benchmarks.Cases;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Suites;

/// <summary>The element-wise kernels as operations on a tape: of 16 numbers the tape is measured, of 65,536 the kernel.</summary>
[MemoryDiagnoser]
public class OperationBenchmarks
{
    private readonly Tape<float> tape = new();
    private Matrix<float> x = null!;

    [Params(16, 65536)]
    public int Numbers { get; set; }

    [GlobalSetup]
    public void Prepare() => x = TrainingStep.Normal(Numbers / 16, 16, new RandomSource(seed: 1));

    [Benchmark]
    public void Add() => Run(static x => x + x);

    [Benchmark]
    public void Exp() => Run(static x => x.Exp());

    [Benchmark]
    public void Tanh() => Run(static x => x.Tanh());

    [Benchmark]
    public void Sigmoid() => Run(static x => x.Sigmoid());

    [Benchmark]
    public void Softplus() => Run(static x => x.Softplus());

    [Benchmark]
    public void Gelu() => Run(static x => x.Gelu());

    private void Run(Func<Variable<float>, Variable<float>> operation)
    {
        tape.Reset();
        Variable<float> input = tape.Variable(x);
        Variable<float> output = operation(input);
        tape.Gradient(output, input, cotangent: tape.Constant(x));
    }
}
