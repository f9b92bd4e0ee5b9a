using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

/// <summary>Functions that jump, with gradients that are wrong there: none may pass, at the jump or beside it.</summary>
public sealed class JumpTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        ["floor"] = Math.Floor,
        ["ceiling"] = Math.Ceiling,
        ["threshold"] = x => x >= 1 ? x : 0,
        ["threshold, open"] = x => x > 1 ? x : 0,
        ["sign"] = x => Math.Sign(x - 1),
        ["round"] = x => Math.Round(x - 0.5),
        ["step"] = x => x > 1 ? 1 : 0,
        ["large numbers"] = x => 1e6 + Math.Floor(x),
        ["a steep line that jumps"] = x => (1000 * x) + (x >= 1 ? 0.5 : 0),
        ["another value at one point"] = x => x == 1 ? 3 : x,
    };

    public static TheoryData<string, double> Planted
    {
        get
        {
            TheoryData<string, double> data = [];
            foreach (string name in Functions.Keys)
            {
                foreach (double slope in new[] { 5.0, -5, 7, 0 })
                    data.Add(name, slope);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void No_slope_is_passed_exactly_at_a_jump(string function, double slope)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            CheckReport report = GradientCheck.Check(x => Jumping(x, function, slope), M.Dense(1, 1, 1.0), new CheckOptions { Seed = seed });
            Assert.False(report.Passed, report.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void No_slope_is_passed_at_a_jump_in_one_entry_of_many(string function, double slope)
    {
        Matrix<double> x = M.Dense(9, 7, (i, j) => 0.25 + (0.05 * ((3 * i) + j) % 0.5));
        x[4, 5] = 1;
        Assert.False(GradientCheck.Check(x => Jumping(x, function, slope), x).Passed);
        Assert.False(GradientCheck.Check(x => Jumping(x, function, slope).Sum(), x).Passed);
    }

    [Theory]
    [InlineData("floor")]
    [InlineData("step")]
    [InlineData("sign")]
    [InlineData("round")]
    public void Near_a_jump_a_wrong_slope_is_never_passed_and_further_off_the_right_one_is(string function)
    {
        foreach (double distance in new[] { 1e-13, 1e-11, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, -1e-12, -1e-9, -1e-7, -1e-5, -1e-3, -1e-2 })
        {
            foreach (double slope in new[] { 5.0, -5, 7, 1e-3 })
            {
                for (int seed = 1; seed <= 5; seed++)
                {
                    CheckReport report = GradientCheck.Check(x => Jumping(x, function, slope), M.Dense(1, 1, 1 + distance), new CheckOptions { Seed = seed, Order = 1 });
                    Assert.False(report.Passed, $"at a distance of {distance}: {report}");
                }
            }

            if (Math.Abs(distance) >= 1e-4)
                GradientCheck.Check(x => Jumping(x, function, 0), M.Dense(1, 1, 1 + distance)).ThrowIfFailed();
        }
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(-5.0)]
    [InlineData(0.0)]
    public void A_step_of_a_relu_is_not_passed_where_it_jumps(double slope)
    {
        // y = x above 0, and 1 at and below it: noted by the ReLU inside, so that the point is known to be on a kink.
        Variable<double> StepRelu(Variable<double> x) => x.Relu() + Jumping(x + 1, "step", slope);
        Assert.False(GradientCheck.Check(StepRelu, M.Dense(2, 2)).Passed);
        Assert.False(GradientCheck.Check(StepRelu, M.Dense(2, 2), new CheckOptions { Kinks = KinkPolicy.Skip }).Passed);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(-7.0)]
    public void A_slope_outside_of_both_sides_of_a_jump_is_wrong(double slope)
    {
        CheckReport report = GradientCheck.Check(x => Jumping(x, "floor", slope), M.Dense(1, 1, 2.0));
        Assert.Equal(CheckOutcome.Failed, report.Outcome);
        Assert.Contains("The point is on a jump", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_slope_beside_a_jump_is_inconclusive_and_the_report_says_where_it_jumps()
    {
        CheckReport report = GradientCheck.Check(x => Jumping(x, "floor", 0), M.DenseOfArray(new[,] { { 0.5, 2 } }));
        Assert.Equal(CheckOutcome.Inconclusive, report.Outcome);
        Assert.Contains("The function jumps at this point", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("output [0, 1] is 2, and 1 just beside", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(-5.0)]
    [InlineData(7.0)]
    public void A_wrong_second_derivative_at_a_kink_is_found(double slope)
    {
        // A ReLU whose gradient is right, and whose gradient's gradient is not: the step has a slope.
        Variable<double> Relu(Variable<double> x) => Operation.Elementwise(
            "relu", x, static (x, y) => System.Numerics.Tensors.TensorPrimitives.Max(x, 0, y), (x, _, dy) => dy * Jumping(x + 1, "step", slope));
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(Relu, M.Dense(1, 1)).Of(CheckKind.SecondOrder)!.Outcome);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(Relu, M.Dense(1, 1, 0.25)).Of(CheckKind.SecondOrder)!.Outcome);
    }

    [Fact]
    public void A_gradient_that_jumps_where_the_function_has_no_kink_is_not_passed()
    {
        // y = x with the gradient 1 but for a step that is nearly nothing: the second order sees the step.
        static Variable<double> Line(Variable<double> x) => Operation.Elementwise(
            "line", x, static (x, y) => x.CopyTo(y), static (x, _, dy) => dy * (1 + (1e-8 * Jumping(x, "step", 0))));
        Assert.Equal(CheckOutcome.Inconclusive, GradientCheck.Check(Line, M.Dense(1, 1, 1.0)).Of(CheckKind.SecondOrder)!.Outcome);
    }

    [Fact]
    public void Right_functions_at_kinks_pass_for_every_seed()
    {
        Matrix<double> x = M.DenseOfArray(new[,] { { 0.0, 1, -1 }, { 0.5, 0, 2 } }), other = M.DenseOfArray(new[,] { { 0.0, 2, -1 }, { 0.5, 0, 1 } });
        for (int seed = 1; seed <= 50; seed++)
        {
            CheckOptions options = new() { Seed = seed };
            GradientCheck.Check(v => v.Relu(), x, options).ThrowIfFailed();
            GradientCheck.Check(v => v.LeakyRelu(-0.5), x, options).ThrowIfFailed();
            GradientCheck.Check(v => v.Abs(), x, options).ThrowIfFailed();
            GradientCheck.Check(v => v.Clamp(-1, 1), x, options).ThrowIfFailed();
            GradientCheck.Check((a, b) => a.Maximum(b), x, other, options).ThrowIfFailed();
            GradientCheck.Check((a, b) => a.Minimum(b), x, other, options).ThrowIfFailed();
            GradientCheck.Check(v => v.Relu() * v, x, options).ThrowIfFailed();
            GradientCheck.Check(v => WrongOperations.SilentKink(v, 0.5), x, options with { Order = 1 }).ThrowIfFailed();
        }
    }

    [Fact]
    public void Steep_and_curved_functions_do_not_jump()
    {
        GradientCheck.Check(x => 1e8 * (x - 1), M.Dense(1, 1, 1.0)).ThrowIfFailed();
        GradientCheck.Check(x => (1000 * x).Tanh(), M.Dense(1, 1, 1e-4)).ThrowIfFailed();
        GradientCheck.Check(x => (200 * x).Exp(), M.Dense(1, 1, 0.1)).ThrowIfFailed();
        GradientCheck.Check(x => x.Power(1.5) * 1e5, M.Dense(1, 1, 1e-3)).ThrowIfFailed();
    }

    private static Variable<double> Jumping(Variable<double> x, string function, double slope) => Operation.Elementwise(
        function,
        x,
        (Function: Functions[function], Slope: slope),
        forward: static (x, y, argument) =>
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = argument.Function(x[i]);
        },
        vjp: static (x, y, dy, argument) => argument.Slope * dy);
}
