using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

/// <summary>Functions that take gradients of their own, at both orders of their own gradient.</summary>
public sealed class GradientsInsideTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;
    private static readonly Matrix<double> Some = M.Dense(3, 2, (i, j) => 0.5 + (0.25 * i) - (0.75 * j));

    [Fact]
    public void A_gradient_penalty_is_right_at_both_orders_and_in_float()
    {
        CheckReport report = GradientCheck.Check(CheckedFunction.Of("penalty", Penalty, Penalty), [Some]);
        Assert.True(report.Passed, report.ToString());
        Assert.NotNull(report.Of(CheckKind.SecondOrder));
    }

    [Fact]
    public void The_penalty_of_a_net_finds_its_parameters()
    {
        Sequential<double> critic = [new Dense<double>(2, 4, new RandomSource(1)), new Tanh<double>(), new Dense<double>(4, 1, new RandomSource(2))];
        CheckReport report = GradientCheck.Check(
            x => (x.Tape.Gradient(critic.Forward(x).Sum(), x, createGraph: true).Square().SumOverColumns().Sqrt() - 1).Square().Mean(), Some);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(4, report.FoundParameters.Count);
    }

    [Fact]
    public void An_unrolled_step_is_right_for_the_weights_that_it_starts_from()
    {
        Matrix<double> inputs = M.Dense(5, 2, (i, j) => (0.3 * i) - j), targets = M.Dense(5, 1, (i, _) => 0.2 * i);
        Variable<double> Loss(Variable<double> w) => (w.Tape.Constant(inputs).MatMul(w).Tanh() - w.Tape.Constant(targets)).Square().Mean();
        Variable<double> AfterAStep(Variable<double> w) => Loss(w - (0.5 * w.Tape.Gradient(Loss(w), w, createGraph: true)));
        CheckReport report = GradientCheck.Check(AfterAStep, M.Dense(2, 1, (i, _) => 0.4 - i));
        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void A_force_net_whose_value_is_a_gradient_is_right()
    {
        Dense<double> hidden = new(2, 3, new RandomSource(3));
        Variable<double> Force(Variable<double> x) => -x.Tape.Gradient(hidden.Forward(x).Softplus().Sum(), x, createGraph: true);
        Assert.True(GradientCheck.Check(Force, Some).Passed);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(1.0001)]
    public void A_wrong_gradient_behind_a_gradient_is_found(double factor)
    {
        // The value of the inner gradient is right, and its own gradient is not.
        Variable<double> Wrong(Variable<double> x) => WrongOperations.Doubled(x.Tape.Gradient(x.Tanh().Sum(), x, createGraph: true), (_, _, dy) => 2 * factor * dy).Square().Sum();
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(Wrong, Some).Of(CheckKind.Derivative)!.Outcome);
    }

    [Fact]
    public void A_gradient_inside_without_a_graph_fails_with_what_is_missing()
    {
        CheckReport report = GradientCheck.Check(x => x.Tape.Gradient(x.Tanh().Sum(), x).Square().Sum(), Some);
        Assert.False(report.Passed);
        Assert.Contains("createGraph: true", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_such_a_function_throws_itself_is_not_swallowed() => Assert.Throws<FormatException>(
        () => GradientCheck.Check(x => x.Tape.Gradient(x.Sum(), x, createGraph: true).Rows > 0 ? throw new FormatException() : x, Some));

    private static Variable<T> Penalty<T>(Variable<T> x)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => x.Tape.Gradient(x.Tanh().Sum(), x, createGraph: true).Square().Sum();
}
