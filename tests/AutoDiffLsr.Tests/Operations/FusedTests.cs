using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>
/// Every kernel that does several things at once against what it stands for: slopes times dy, and biases with their activation, beside the separate operations.
/// </summary>
public sealed class FusedTests
{
    private static readonly Dictionary<string, (Func<Variable<double>, Variable<double>, Variable<double>> Fused, Func<Variable<double>, Variable<double>> Separate)> Activations = new()
    {
        ["identity"] = (BiasedOperations.Identity, static x => x),
        ["relu"] = (BiasedOperations.Relu, static x => x.Relu()),
        ["tanh"] = (BiasedOperations.Tanh, static x => x.Tanh()),
        ["sigmoid"] = (BiasedOperations.Sigmoid, static x => x.Sigmoid()),
    };

    private static readonly Dictionary<string, (Func<Variable<double>, Variable<double>> Operation, Func<Variable<double>, Variable<double>> Slope)> WithSlopes = new()
    {
        ["tanh"] = (static x => x.Tanh(), static x => 1 - x.Tanh().Square()),
        ["sigmoid"] = (static x => x.Sigmoid(), static x => x.Sigmoid() * (1 - x.Sigmoid())),
        ["softplus"] = (static x => x.Softplus(), static x => x.Sigmoid()),
        ["gelu"] = (static x => x.Gelu(), static x => x.NormalDistribution() + (x * x.NormalDensity())),
        ["squared error"] = (static x => new MeanSquaredError().Compute(x, Quarters(x)), static x => 2.0 / x.Shape.Count * (x - Quarters(x))),
        ["squared error, summed, as target"] = (static x => new MeanSquaredError { Reduction = Reduction.Sum }.Compute(Quarters(x), x), static x => 2 * (x - Quarters(x))),
    };

    [Property(MaxTest = 200)]
    public Property A_bias_with_its_activation_is_the_sum_with_the_activation_behind_it() => Prop.ForAll(Cases(Activations.Keys), c =>
    {
        (var fused, var separate) = Activations[c.Name];
        return Agree(Run(c, fused), Run(c, (x, bias) => separate(x + bias)));
    });

    [Property(MaxTest = 200)]
    public Property A_bias_with_its_activation_has_the_same_second_derivatives() => Prop.ForAll(Cases(Activations.Keys), c =>
    {
        (var fused, var separate) = Activations[c.Name];
        return Agree(Run(c, Twice(fused)), Run(c, Twice((x, bias) => separate(x + bias))));
    });

    [Property(MaxTest = 200)]
    public Property A_slope_in_one_kernel_is_the_slope_written_in_operations() => Prop.ForAll(Cases(WithSlopes.Keys), c =>
    {
        (Func<Variable<double>, Variable<double>> operation, Func<Variable<double>, Variable<double>> slope) = WithSlopes[c.Name];
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(c.X), y = operation(x);
        Variable<double> cotangent = tape.Constant(Random(y.Rows, y.Columns, c.Seed + 2)), direction = tape.Constant(Random(x.Rows, x.Columns, c.Seed + 3));
        Variable<double> gradient = tape.Gradient(y, x, createGraph: true, cotangent: cotangent), composed = cotangent * slope(x);
        return Agree(
            [gradient.Value, tape.Gradient(gradient, x, cotangent: direction).Value],
            [composed.Value, tape.Gradient(composed, x, cotangent: direction).Value]);
    });

    [Property(MaxTest = 60)]
    public Property A_sequential_gives_what_its_layers_give_one_by_one() => Prop.ForAll(Cases(["net"]), c =>
    {
        RandomSource random = new(c.Seed);
        Sequential<double> net =
        [
            new Dense<double>(c.X.ColumnCount, 5, random), new Relu<double>(), new Dense<double>(5, 4, random), new Tanh<double>(),
            new Dense<double>(4, 3, random, bias: false), new Sigmoid<double>(), new Dense<double>(3, 2, random), new Sigmoid<double>(),
        ];
        return Agree(Gradients(c, net, net.Forward), Gradients(c, net, x => net.Aggregate(x, (y, layer) => layer.Forward(y))));
    });

    [Fact]
    public void A_bias_of_another_width_is_refused()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(Random(3, 4, 1)), bias = tape.Variable(Random(1, 3, 2));
        Assert.Contains("'bias and relu' of 3x4 and 1x3: the bias must be 1x4", Assert.Throws<ArgumentException>(() => BiasedOperations.Relu(x, bias)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fused_relu_lets_nan_through()
    {
        using Tape<float> tape = new();
        Variable<float> x = tape.Variable(Matrix<float>.Build.Dense(20, 1, float.NaN)), bias = tape.Variable(Matrix<float>.Build.Dense(1, 1));
        Assert.All(BiasedOperations.Relu(x, bias).Value.Enumerate(), value => Assert.True(float.IsNaN(value)));
    }

    private static Func<Variable<double>, Variable<double>, Variable<double>> Twice(Func<Variable<double>, Variable<double>, Variable<double>> f) => (x, bias) =>
    {
        Gradients<double> first = x.Tape.Gradients(f(x, bias).Square().Sum(), [x, bias], createGraph: true);
        return first[0].Square() + first[1].Square();
    };

    private static Matrix<double>[] Run(Case c, Func<Variable<double>, Variable<double>, Variable<double>> f)
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(c.X), bias = tape.Variable(c.Bias), y = f(x, bias);
        Gradients<double> gradients = tape.Gradients(y, [x, bias], cotangent: tape.Constant(Random(y.Rows, y.Columns, c.Seed + 2)));
        return [y.Value.Clone(), gradients[0].Value.Clone(), gradients[1].Value.Clone()];
    }

    private static Matrix<double>[] Gradients(Case c, Sequential<double> net, Func<Variable<double>, Variable<double>> forward)
    {
        using Tape<double> tape = new();
        Variable<double> y = forward(tape.Constant(c.X));
        Gradients<double> gradients = tape.Gradients(y.Square().Sum(), net.Parameters);
        return [y.Value.Clone(), .. Enumerable.Range(0, gradients.Count).Select(i => gradients[i].Value.Clone())];
    }

    private static Property Agree(Matrix<double>[] actual, Matrix<double>[] expected)
    {
        double worst = actual.Zip(expected).Max(pair => (pair.First - pair.Second).Enumerate().Max(Math.Abs) / (1 + pair.Second.Enumerate().Max(Math.Abs)));
        return (worst <= 1e-12).Label($"differs by {worst}");
    }

    private static Arbitrary<Case> Cases(IEnumerable<string> names) => (
        from name in Gen.Elements(names)
        from rows in Gen.Choose(1, 40)
        from columns in Gen.Choose(1, 6)
        from seed in Gen.Choose(0, 10_000)
        select new Case(name, rows, columns, seed)).ToArbitrary();

    private static Variable<double> Quarters(Variable<double> x) => x.Tape.Constant(x.Shape, 0.25);

    private static Matrix<double> Random(int rows, int columns, long seed)
    {
        RandomSource random = new(seed);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextNormal());
    }

    internal sealed record Case(string Name, int Rows, int Columns, int Seed)
    {
        public Matrix<double> X => Random(Rows, Columns, Seed);

        public Matrix<double> Bias => Random(1, Columns, Seed + 1);
    }
}
