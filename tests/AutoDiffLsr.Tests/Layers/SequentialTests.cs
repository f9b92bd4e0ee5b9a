using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class SequentialTests
{
    private static readonly RandomSource Random = new(1);

    [Fact]
    public void Layers_run_one_after_the_other()
    {
        Dense<double> first = new(3, 4, Random), last = new(4, 2, Random);
        Sequential<double> model = [first, new Tanh<double>(), last];
        Matrix<double> x = FiniteDifferences.Random(5, 3, seed: 1);
        Matrix<double> expected = LayerTests.Output(last, LayerTests.Output(new Tanh<double>(), LayerTests.Output(first, x)));
        Assert.Equal(expected, LayerTests.Output(model, x));
    }

    [Fact]
    public void It_is_a_list_of_its_layers()
    {
        Relu<double> relu = new();
        Sequential<double> model = new(new Dense<double>(3, 4, Random), relu);
        Assert.Equal(2, model.Count);
        Assert.Same(relu, model[1]);
        Assert.Equal([model[0], relu], model.ToArray());
    }

    [Fact]
    public void Parameters_are_named_by_their_path_as_in_PyTorch()
    {
        Sequential<double> model = new(
            new Dense<double>(3, 4, Random),
            new Sequential<double>(new Dense<double>(4, 4, Random), new Relu<double>(), new Dense<double>(4, 4, Random, bias: false)),
            new Dense<double>(4, 2, Random));
        Assert.Equal(
            ["0.weight", "0.bias", "1.0.weight", "1.0.bias", "1.2.weight", "2.weight", "2.bias"],
            model.NamedParameters().Select(named => named.Name));
        Assert.Equal(model.Parameters, model.NamedParameters().Select(named => named.Parameter));
    }

    [Fact]
    public void A_layer_in_two_places_is_trained_once_and_named_twice()
    {
        Dense<double> shared = new(3, 3, Random);
        Sequential<double> model = new(shared, new Tanh<double>(), shared);
        Assert.Equal(2, model.Parameters.Count);
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], model.NamedParameters().Select(named => named.Name));
    }

    [Fact]
    public void A_wrong_width_names_the_layer_its_place_and_both_widths()
    {
        Sequential<double> inner = new(new Relu<double>(), new Dense<double>(4, 2, Random));
        ArgumentException misfit = Assert.Throws<ArgumentException>(() => new Sequential<double>(new Dense<double>(3, 5, Random), inner));
        Assert.StartsWith("Layer 1.1 (Dense 4 -> 2) takes 4 columns, but its input has 5.", misfit.Message, StringComparison.Ordinal);

        Sequential<double> model = new(new Dense<double>(3, 4, Random), new Relu<double>());
        using Tape<double> tape = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Forward(tape.Constant(Matrix<double>.Build.Dense(2, 7))));
        Assert.StartsWith("Layer 0 (Dense 3 -> 4) takes 3 columns, but its input has 7.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_prints_itself_as_a_table()
    {
        Sequential<float> model = new(
            new Dense<float>(784, 128, Random),
            new Relu<float>(),
            new Sequential<float>(new BatchNorm<float>(128), new Dropout<float>(0.5, seed: 1)),
            new Dense<float>(128, 10, Random));
        Assert.Equal(
            """
            layer  kind              output   parameters
            0      Dense 784 -> 128  N x 128     100,480
            1      Relu              N x 128           0
            2.0    BatchNorm 128     N x 128         256
            2.1    Dropout 0.5       N x 128           0
            3      Dense 128 -> 10   N x 10        1,290
            total                                102,026
            """,
            model.ToString());
    }

    [Fact]
    public void In_float_it_computes_what_it_does_in_double_up_to_rounding()
    {
        Matrix<double> x = FiniteDifferences.Random(9, 6, seed: 1);
        double[] wide = OutputAndGradients<double>(x), narrow = OutputAndGradients(x.Map(value => (float)value));
        Assert.Equal(wide.Length, narrow.Length);
        for (int i = 0; i < wide.Length; i++)
            Assert.InRange(narrow[i], wide[i] - (2e-5 * (1 + Math.Abs(wide[i]))), wide[i] + (2e-5 * (1 + Math.Abs(wide[i]))));
    }

    [Fact]
    public void A_step_that_repeats_allocates_nothing()
    {
        Sequential<float> model = new(new Dense<float>(6, 5, Random), new BatchNorm<float>(5), new Gelu<float>(), new Dropout<float>(0.5, seed: 1), new Dense<float>(5, 3, Random));
        using Tape<float> tape = new();
        Matrix<float> x = Matrix<float>.Build.Dense(4, 6, (i, j) => i - (0.5f * j)), cotangent = Matrix<float>.Build.Dense(4, 3, 1f);
        for (int i = 0; i < 20; i++)
            Step();
        Assert.Equal(0, Allocations.Of(Step, times: 100));

        void Step()
        {
            Variable<float> y = model.Forward(tape.Constant(x));
            tape.Gradients((y * tape.Constant(cotangent)).Sum(), model.Parameters);
            tape.Reset();
        }
    }

    private static double[] OutputAndGradients<T>(Matrix<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(5);
        Sequential<T> model =
        [
            new Dense<T>(6, 8, random), new BatchNorm<T>(8), new Gelu<T>(), new Dropout<T>(0.3, seed: 1), new Dense<T>(8, 8, random), new LayerNorm<T>(8),
            new Softplus<T>(), new Dense<T>(8, 8, random), new Tanh<T>(), new Sigmoid<T>(), new LeakyRelu<T>(0.1), new Dense<T>(8, 3, random),
        ];
        using Tape<T> tape = new();
        Variable<T> y = model.Forward(tape.Constant(x));
        Gradients<T> gradients = tape.Gradients((y * y).Sum(), model.Parameters);
        IEnumerable<T> all = y.Value.Enumerate().Concat(Enumerable.Range(0, gradients.Count).SelectMany(i => gradients[i].Value.Enumerate()));
        return [.. all.Select(double.CreateChecked)];
    }
}
