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
/// Every fused path against what it stands for. A sweep that records nothing takes the fused rules, one with <c>createGraph: true</c> the rules written in
/// operations; and fused operations stand beside the separate ones.
/// </summary>
public sealed class FusedTests
{
    private static readonly Dictionary<string, (Func<Variable<double>, Variable<double>, Variable<double>> Fused, Func<Variable<double>, Variable<double>> Separate)> Activations = new()
    {
        ["identity"] = (Biased.Identity, static x => x),
        ["relu"] = (Biased.Relu, static x => x.Relu()),
        ["tanh"] = (Biased.Tanh, static x => x.Tanh()),
        ["sigmoid"] = (Biased.Sigmoid, static x => x.Sigmoid()),
    };

    private static readonly Dictionary<string, Func<Variable<double>, Variable<double>>> WithFusedRules = new()
    {
        ["tanh"] = static x => x.Tanh(),
        ["sigmoid"] = static x => x.Sigmoid(),
        ["softplus"] = static x => x.Softplus(),
        ["gelu"] = static x => x.Gelu(),
        ["squared error"] = static x => new MeanSquaredError().Compute(x, x.Tape.Constant(Matrix<double>.Build.Dense(x.Rows, x.Columns, 0.25))),
        ["squared error, summed, as target"] = static x =>
            new MeanSquaredError { Reduction = Reduction.Sum }.Compute(x.Tape.Constant(Matrix<double>.Build.Dense(x.Rows, x.Columns, 0.25)), x),
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
    public Property A_fused_rule_is_the_rule_written_in_operations() => Prop.ForAll(Cases(WithFusedRules.Keys), c =>
    {
        Func<Variable<double>, Variable<double>> operation = WithFusedRules[c.Name];
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(c.X), y = operation(x);
        Variable<double> cotangent = tape.Constant(Random(y.Rows, y.Columns, c.Seed + 2));
        Matrix<double> fused = tape.Gradient(y, x, cotangent: cotangent).Value.Clone();
        return Agree([fused], [tape.Gradient(y, x, createGraph: true, cotangent: cotangent).Value]);
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
        Assert.Contains("'bias and relu' of 3x4 and 1x3: the bias must be 1x4", Assert.Throws<ArgumentException>(() => Biased.Relu(x, bias)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fused_relu_lets_nan_through()
    {
        using Tape<float> tape = new();
        Variable<float> x = tape.Variable(Matrix<float>.Build.Dense(20, 1, float.NaN)), bias = tape.Variable(Matrix<float>.Build.Dense(1, 1));
        Assert.All(Biased.Relu(x, bias).Value.Enumerate(), value => Assert.True(float.IsNaN(value)));
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
        return (worst <= 1e-14).Label($"differs by {worst}");
    }

    private static Arbitrary<Case> Cases(IEnumerable<string> names) => (
        from name in Gen.Elements(names)
        from rows in Gen.Choose(1, 40)
        from columns in Gen.Choose(1, 6)
        from seed in Gen.Choose(0, 10_000)
        select new Case(name, rows, columns, seed)).ToArbitrary();

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
