using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class LayerTests
{
    public static TheoryData<string> Names => [.. Layers.Keys];

    private static Dictionary<string, Func<Layer<double>>> Layers { get; } = new()
    {
        ["dense"] = () => new Dense<double>(4, 3, new RandomSource(1)),
        ["dense without bias"] = () => new Dense<double>(4, 3, new RandomSource(1), bias: false),
        ["relu"] = () => new Relu<double>(),
        ["leaky relu"] = () => new LeakyRelu<double>(0.2),
        ["tanh"] = () => new Tanh<double>(),
        ["sigmoid"] = () => new Sigmoid<double>(),
        ["gelu"] = () => new Gelu<double>(),
        ["softplus"] = () => new Softplus<double>(),
        ["silu"] = () => new Silu<double>(),
        ["elu"] = () => new Elu<double>(1.5),
        ["dropout"] = () => new Dropout<double>(0.4, seed: 3),
        ["layer norm"] = () => Moved(new LayerNorm<double>(4)),
        ["batch norm"] = () => Moved(new BatchNorm<double>(4)),
        ["batch norm in evaluation"] = () => Evaluating(Moved(new BatchNorm<double>(4))),
        ["sequential"] = () => new Sequential<double>(
            new Dense<double>(4, 5, new RandomSource(2)),
            new BatchNorm<double>(5),
            new Gelu<double>(),
            new Sequential<double>(new Dropout<double>(0.3, seed: 4), new Dense<double>(5, 2, new RandomSource(5)))),
    };

    [Fact]
    public void Silu_and_elu_have_their_limits_and_keep_their_digits_near_0()
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfRowArrays([double.NegativeInfinity, -1e-17, 2, double.PositiveInfinity, double.NaN]);
        using Tape<double> tape = new();
        Assert.Equal([0, -5e-18, 2 / (1 + Math.Exp(-2)), double.PositiveInfinity, double.NaN], new Silu<double>().Forward(tape.Constant(x)).Value.ToColumnMajorArray());
        Assert.Equal([-1.5, -1.5e-17, 2, double.PositiveInfinity, double.NaN], new Elu<double>(1.5).Forward(tape.Constant(x)).Value.ToColumnMajorArray(), (a, b) => a.Equals(b) || Math.Abs(a - b) <= 1e-15 * Math.Abs(a));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_first_and_second_order_agree_with_differences(string name)
    {
        for (long seed = 10; seed < 13; seed++)
            FiniteDifferences.Check(Layers[name](), rows: 3, columns: 4, seed);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky relu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("gelu")]
    [InlineData("softplus")]
    public void Activations_compute_their_formula(string name)
    {
        Func<double, double> formula = name switch
        {
            "relu" => x => x > 0 ? x : 0,
            "leaky relu" => x => x > 0 ? x : 0.2 * x,
            "tanh" => x => (Math.Exp(x) - Math.Exp(-x)) / (Math.Exp(x) + Math.Exp(-x)),
            "sigmoid" => x => 1 / (1 + Math.Exp(-x)),
            "gelu" => x => x / 2 * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))),
            _ => x => Math.Log(1 + Math.Exp(x)),
        };
        Matrix<double> x = FiniteDifferences.Random(5, 4, seed: 1), y = Output(Layers[name](), x);
        x.MapIndexedInplace((i, j, value) =>
        {
            Assert.Equal(formula(value), y[i, j], 1e-14);
            return value;
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_evaluation_many_threads_get_the_same_bits_as_one(string name)
    {
        Layer<double> layer = Layers[name]();
        layer.UseEvaluationMode();
        Matrix<double> x = FiniteDifferences.Random(7, 4, seed: 1), alone = Output(layer, x);
        ulong[] counters = [.. layer.NamedCounters().Select(counter => counter.Value)];
        Parallel.For(0, 32, _ => Assert.Equal(alone, Output(layer, x)));
        Assert.Equal(counters, layer.NamedCounters().Select(counter => counter.Value));
    }

    [Fact]
    public void A_layer_starts_in_training_mode_and_modes_reach_every_layer_inside()
    {
        Sequential<double> inner = new(new Relu<double>()), model = new(inner, new Tanh<double>());
        Assert.True(inner[0].IsTraining);
        model.UseEvaluationMode();
        Assert.False(model.IsTraining || inner.IsTraining || inner[0].IsTraining || model[1].IsTraining);
        model.UseTrainingMode();
        Assert.True(model.IsTraining && inner.IsTraining && inner[0].IsTraining && model[1].IsTraining);
    }

    internal static Matrix<double> Output(Layer<double> layer, Matrix<double> x)
    {
        using Tape<double> tape = new();
        using (tape.NoRecording())
            return layer.Forward(tape.Constant(x)).Value.Clone();
    }

    /// <summary>The parameters away from 0 and 1, where a wrong gradient could hide; and the running statistics away from where they start.</summary>
    private static Layer<double> Moved(Layer<double> layer)
    {
        foreach (Parameter<double> parameter in layer.Parameters)
            parameter.Assign(FiniteDifferences.Random(parameter.Shape.Rows, parameter.Shape.Columns, seed: 77));
        foreach (NamedTensor<double> buffer in layer.Buffers)
            FiniteDifferences.Random(1, buffer.Value.ColumnCount, seed: 78).PointwiseAbs().CopyTo(buffer.Value);
        return layer;
    }

    private static Layer<double> Evaluating(Layer<double> layer)
    {
        layer.UseEvaluationMode();
        return layer;
    }
}
