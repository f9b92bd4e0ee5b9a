using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>Piecewise operations at their kinks, and what they note of their branches.</summary>
public sealed class PiecewiseTests : IDisposable
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private static readonly Dictionary<string, (Func<Variable<double>, Variable<double>> Operation, double[] Kinks)> Kinked = new()
    {
        ["relu"] = (x => x.Relu(), [0]),
        ["leaky relu"] = (x => x.LeakyRelu(), [0]),
        ["abs"] = (x => x.Abs(), [0]),
        ["clamp"] = (x => x.Clamp(-1, 2), [-1, 2]),
        ["maximum"] = (x => x.Maximum(x.Tape.Constant(0.5)), [0.5]),
        ["maximum as second"] = (x => x.Tape.Constant(0.5).Maximum(x), [0.5]),
        ["minimum"] = (x => x.Minimum(x.Tape.Constant(0.5)), [0.5]),
        ["minimum as second"] = (x => x.Tape.Constant(0.5).Minimum(x), [0.5]),
    };

    private readonly Tape<double> tape = new();

    public static TheoryData<string> Names => [.. Kinked.Keys];

    public void Dispose() => tape.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_branch_and_the_kink_itself_are_noted(string name)
    {
        (Func<Variable<double>, Variable<double>> operation, double[] kinks) = Kinked[name];
        foreach (double kink in kinks)
        {
            (ulong Hash, int Ties) below = Note(kink - 0.1), on = Note(kink), above = Note(kink + 0.1);
            Assert.Distinct([below.Hash, on.Hash, above.Hash]);
            Assert.Equal((0, 1, 0), (below.Ties, on.Ties, above.Ties));
            Assert.Equal(below, Note(kink - 0.2));
        }

        (ulong Hash, int Ties) Note(double x)
        {
            tape.Branches = new BranchSignature();
            operation(tape.Variable(M.Dense(1, 1, x)));
            return (tape.Branches.Hash, tape.Branches.Ties);
        }
    }

    [Fact]
    public void Nothing_is_recorded_for_branches_while_nobody_asks()
    {
        Variable<double> a = tape.Variable(M.Dense(2, 2, 1.0)), b = tape.Variable(M.Dense(1, 2, 2.0));
        int before = tape.Count;
        a.Maximum(b);
        a.Minimum(b);
        Assert.Equal(before + 2, tape.Count);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named_with_the_operation_whether_branches_are_noted_or_not()
    {
        Variable<double> a = tape.Variable(M.Dense(2, 2, 1.0)), b = tape.Variable(M.Dense(3, 2, 2.0));
        foreach (BranchSignature? branches in new[] { null, new BranchSignature() })
        {
            tape.Branches = branches;
            Assert.Contains("'maximum' of 2x2 and 3x2", Assert.Throws<ArgumentException>(() => a.Maximum(b)).Message, StringComparison.Ordinal);
            Assert.Contains("'minimum' of 2x2 and 3x2", Assert.Throws<ArgumentException>(() => a.Minimum(b)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("relu", -1, 0, 0)]
    [InlineData("relu", 0, 0, 0)]
    [InlineData("relu", 1, 1, 1)]
    [InlineData("leaky relu", -2, -0.02, 0.01)]
    [InlineData("leaky relu", 0, 0, 0.01)]
    [InlineData("leaky relu", 2, 2, 1)]
    [InlineData("abs", -2, 2, -1)]
    [InlineData("abs", 0, 0, 0)]
    [InlineData("abs", 2, 2, 1)]
    [InlineData("clamp", -1.5, -1, 0)]
    [InlineData("clamp", -1, -1, 1)]
    [InlineData("clamp", 0, 0, 1)]
    [InlineData("clamp", 2, 2, 1)]
    [InlineData("clamp", 2.5, 2, 0)]
    [InlineData("maximum", 0, 0.5, 0)]
    [InlineData("maximum", 0.5, 0.5, 0.5)]
    [InlineData("maximum", 1, 1, 1)]
    [InlineData("maximum as second", 0, 0.5, 0)]
    [InlineData("maximum as second", 0.5, 0.5, 0.5)]
    [InlineData("maximum as second", 1, 1, 1)]
    [InlineData("minimum", 0, 0, 1)]
    [InlineData("minimum", 0.5, 0.5, 0.5)]
    [InlineData("minimum", 1, 0.5, 0)]
    [InlineData("minimum as second", 0, 0, 1)]
    [InlineData("minimum as second", 0.5, 0.5, 0.5)]
    [InlineData("minimum as second", 1, 0.5, 0)]
    public void Value_and_slope_are_those_of_the_documentation_at_the_kink_too(string name, double x, double value, double slope)
    {
        Variable<double> input = tape.Variable(M.Dense(1, 1, x)), y = Kinked[name].Operation(input);
        Assert.Equal((value, slope, slope), (y.Scalar, tape.Gradient(y, input).Scalar, tape.Gradient(y, input, createGraph: true).Scalar));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nan_stays_nan(string name) => Assert.True(double.IsNaN(Kinked[name].Operation(tape.Variable(M.Dense(1, 1, double.NaN))).Scalar));

    [Fact]
    public void The_ends_of_a_clamp_may_be_one_or_infinite_but_not_exchanged_or_nan()
    {
        Variable<double> x = tape.Variable(M.Dense(1, 3, [-5, 1, 7]));
        Assert.Equal(M.Dense(1, 3, 1.0), x.Clamp(1, 1).Value);
        Assert.Equal(x.Value, x.Clamp(double.NegativeInfinity, double.PositiveInfinity).Value);
        Assert.Equal(M.Dense(1, 3, [2.0, 2, 7]), x.Clamp(2, double.PositiveInfinity).Value);
        Assert.Equal(M.Dense(1, 3, [0.0, 1, 1]), tape.Gradient(x.Clamp(1, double.PositiveInfinity).Sum(), x).Value);
        Assert.Contains("'clamp' to [2, 1]", Assert.Throws<ArgumentException>(() => x.Clamp(2, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x.Clamp(double.NaN, 1));
        Assert.Throws<ArgumentException>(() => x.Clamp(0, double.NaN));
    }

    [Fact]
    public void A_gate_passes_only_where_it_is_positive_and_gets_no_gradient()
    {
        Variable<double> x = tape.Variable(M.Dense(1, 4, [1.0, 2, 3, 4])), gate = tape.Variable(M.Dense(1, 4, [-1, 0, 1e-300, double.NaN]));
        Variable<double> y = x.WherePositive(gate);
        Assert.Equal(M.Dense(1, 4, [0.0, 0, 3, 0]), y.Value);
        Gradients<double> gradients = tape.Gradients(y.Sum(), [x, gate]);
        Assert.Equal((M.Dense(1, 4, [0.0, 0, 1, 0]), M.Dense(1, 4)), (gradients[x].Value, gradients[gate].Value));
    }

    [Fact]
    public void Power_has_the_slopes_of_its_exponent_at_zero_too()
    {
        foreach ((double exponent, double x, double slope) in new[] { (0.0, 0.0, 0.0), (0, 3, 0), (1, 0, 1), (1, 3, 1), (2, 0, 0), (2, 3, 6), (3, -2, 12), (-1, 2, -0.25), (0.5, 4, 0.25) })
        {
            Variable<double> input = tape.Variable(M.Dense(1, 1, x));
            Assert.Equal(slope, tape.Gradient(input.Power(exponent), input).Scalar, 1e-15);
        }
    }
}
