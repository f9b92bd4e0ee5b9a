using System.Numerics;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Formats;
using AutoDiffLsr.Training;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Onnx;

/// <summary>A random net: which layers, how wide, from which seed.</summary>
internal sealed record NetPlan(int[] Layers, int Inputs, int Rows, int Seed, bool Standardized, bool Softmax)
{
    private const int Kinds = 12;

    /// <summary>Large, so that a normalization of nearly equal numbers does not make a large difference of their rounding.</summary>
    private const double Epsilon = 0.05;

    public static Arbitrary<NetPlan> Arbitrary { get; } = Arb.From(
        from layers in Gen.NonEmptyListOf(Gen.Choose(0, (Kinds * 9) - 1))
        from inputs in Gen.Choose(1, 9)
        from rows in Gen.Choose(1, 20)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from standardized in ArbMap.Default.GeneratorFor<bool>()
        from softmax in ArbMap.Default.GeneratorFor<bool>()
        select new NetPlan([.. layers.Take(8)], inputs, rows, seed, standardized, softmax),
        Shrink);

    public bool HasEpsilonOrErrorFunction => Layers.Any(layer => layer % Kinds is 6 or 8 or 9);

    public Model<T> Make<T>()
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(Seed);
        int columns = Inputs;
        List<Layer<T>> layers = [];
        foreach (int layer in Layers)
            layers.Add(MakeLayer<T>(layer, ref columns, random, layers));
        Sequential<T> net = new([.. layers]);
        Nets.TrainAWhile(net, Inputs);
        Standardization<T>? standardization = Standardized ? new(Numbers<T>(random, -1), Numbers<T>(random, 0.5)) : null;
        string[] names = [.. Enumerable.Range(0, Inputs).Select(i => $"f{i}")];
        return new(net, standardization, new() { FeatureNames = names, ClassNames = [.. Enumerable.Range(0, columns).Select(i => $"\"{i}\"")] });
    }

    public Matrix<T> Samples<T>()
        where T : struct, IFloatingPointIeee754<T> => Nets.Samples<T>(Rows, Inputs, Seed);

    public override string ToString() => $"layers [{string.Join(", ", Layers.Select(layer => $"{layer % Kinds}:{layer / Kinds}"))}], {Inputs} inputs, {Rows} rows, seed {Seed}, {(Standardized ? "standardized" : "")} {(Softmax ? "softmax" : "")}";

    private static Layer<T> MakeLayer<T>(int layer, ref int columns, RandomSource random, List<Layer<T>> before)
        where T : struct, IFloatingPointIeee754<T>
    {
        int width = 1 + (layer / Kinds), inputs = columns;
        return (layer % Kinds) switch
        {
            0 => new Dense<T>(inputs, columns = width, random),
            1 => new Dense<T>(inputs, columns = width, random, bias: false),
            2 => new Relu<T>(),
            3 => new LeakyRelu<T>(width / 20.0),
            4 => new Sigmoid<T>(),
            5 => new Tanh<T>(),
            6 => new Gelu<T>(),
            7 => new Softplus<T>(),
            8 => new BatchNorm<T>(columns, 0.3, Epsilon),
            9 => new LayerNorm<T>(columns, Epsilon),
            10 => new Dropout<T>(width / 20.0, width),

            // A Sequential inside, and the same layer twice.
            _ => new Sequential<T>(before.FindLast(other => other.InputColumns == inputs && other.OutputColumns(inputs) == inputs) ?? new Tanh<T>(), new Relu<T>()),
        };
    }

    private T[] Numbers<T>(RandomSource random, double from)
        where T : struct, IFloatingPointIeee754<T> => [.. Enumerable.Range(0, Inputs).Select(_ => T.CreateTruncating(from + (2 * random.NextDouble())))];

    private static IEnumerable<NetPlan> Shrink(NetPlan plan)
    {
        for (int i = 0; i < plan.Layers.Length && plan.Layers.Length > 1; i++)
            yield return plan with { Layers = [.. plan.Layers[..i], .. plan.Layers[(i + 1)..]] };
        if (plan.Rows > 1)
            yield return plan with { Rows = 1 };
        if (plan.Inputs > 1)
            yield return plan with { Inputs = 1 };
        if (plan.Standardized)
            yield return plan with { Standardized = false };
        if (plan.Softmax)
            yield return plan with { Softmax = false };
    }
}
