using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

public sealed class GradientCheckTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;
    private static readonly Matrix<double> Some = M.Dense(2, 3, (i, j) => 0.5 + i - (0.75 * j));

    [Fact]
    public void A_right_operation_passes_every_check_in_float_and_double()
    {
        CheckReport report = GradientCheck.Check(CheckedFunction.Of("swish", WrongOperations.Swish, WrongOperations.Swish), [Some]);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(Enum.GetValues<CheckKind>(), report.Results.Select(result => result.Kind));
        Assert.InRange(report.Worst, 0, 1);
    }

    [Fact]
    public void A_net_with_parameters_passes_and_gets_its_parameters_back()
    {
        Matrix<double> weight = M.Dense(3, 2, (i, j) => (0.3 * i) - (0.2 * j) - 0.1), before = weight.Clone();
        Parameter<double> w = new("weight", weight), b = new("bias", M.Dense(1, 2, 0.1));
        CheckedFunction net = CheckedFunction.Of("net", (tape, x) => (x[0].MatMul(tape.Parameter(w)) + tape.Parameter(b)).Tanh().Square().Mean()).WithParameters([w, b]);
        CheckReport report = GradientCheck.Check(net, [Some]);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(before, w.Value);
    }

    [Fact]
    public void A_wrong_parameter_gradient_is_named_by_the_parameter()
    {
        Parameter<double> w = new("weight", M.Dense(3, 2, 0.5));
        CheckedFunction net = CheckedFunction.Of("net", (tape, x) => x[0].MatMul(WrongOperations.Doubled(tape.Parameter(w), (_, _, dy) => dy))).WithParameters([w]);
        CheckReport report = GradientCheck.Check(net, [Some]);
        Assert.Equal(CheckOutcome.Failed, report.Of(CheckKind.Derivative)!.Outcome);
        Assert.Contains("parameter 'weight': 6 of 6 entries wrong, analytic = 0.5 x numeric", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("input 1: right", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(1.001)]
    [InlineData(1.00001)]
    [InlineData(0.0)]
    public void A_wrong_factor_is_found_at_any_size(double factor)
    {
        CheckReport report = GradientCheck.Check(x => WrongOperations.Doubled(x, (_, _, dy) => 2 * factor * dy), Some);
        Assert.Equal(CheckOutcome.Failed, report.Of(CheckKind.Derivative)!.Outcome);
    }

    [Fact]
    public void The_report_names_the_entry_with_both_values_and_the_seed()
    {
        Matrix<double> mask = M.DenseOfArray(new double[,] { { 2, 2, 2 }, { 2, 2, 3 } });
        CheckReport report = GradientCheck.Check(
            CheckedFunction.Of("doubled", x => WrongOperations.Doubled(x, (x, _, dy) => dy * x.Tape.Constant(mask))), [Some], new CheckOptions { Seed = 42 });
        string text = report.ToString();
        Assert.Contains("doubled: the gradient is wrong", text, StringComparison.Ordinal);
        Assert.Contains("The gradient for input 1 (2x3) is wrong at entry [1, 2], through output [1, 2]:", text, StringComparison.Ordinal);
        Assert.Contains("analytic 3", text, StringComparison.Ordinal);
        Assert.Contains("numeric  2", text, StringComparison.Ordinal);
        Assert.Contains("input 1: 1 of 6 entries wrong", text, StringComparison.Ordinal);
        Assert.Contains("Seed = 42", text, StringComparison.Ordinal);
        Assert.Throws<GradientCheckException>(report.ThrowIfFailed);
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        string Report() => GradientCheck.Check(x => WrongOperations.SwishWith(x, (_, y, dy) => y * dy), Some, new CheckOptions { Seed = 3 }).ToString();
        Assert.Equal(Report(), Report());
    }

    [Fact]
    public void An_unseeded_random_function_is_named_before_anything_else()
    {
        CheckReport report = GradientCheck.Check(WrongOperations.Dropout, M.Dense(8, 8, 1.0));
        CheckResult only = Assert.Single(report.Results);
        Assert.Equal(CheckKind.Determinism, only.Kind);
        Assert.Contains("dropout", only.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cotangent_that_is_ignored_fails_by_name()
    {
        CheckReport report = GradientCheck.Check(x => WrongOperations.Doubled(x, (x, _, _) => x.Tape.Constant(x.Shape, 2.0)), Some);
        Assert.Equal(CheckOutcome.Failed, report.Of(CheckKind.ZeroCotangent)!.Outcome);
        Assert.Equal(CheckOutcome.Failed, report.Of(CheckKind.Linearity)!.Outcome);
    }

    [Fact]
    public void A_gradient_of_the_wrong_shape_fails_with_the_engines_message()
    {
        CheckReport report = GradientCheck.Check(x => WrongOperations.SwishWith(x, (_, _, dy) => dy.Transpose()), Some);
        CheckResult shape = report.Of(CheckKind.GradientShape)!;
        Assert.Equal(CheckOutcome.Failed, shape.Outcome);
        Assert.Contains("the gradient for input 1 is 3x2, the input is 2x3", shape.Detail, StringComparison.Ordinal);
        Assert.Null(report.Of(CheckKind.Derivative));
    }

    [Fact]
    public void A_gradient_without_history_fails_at_the_second_order_only()
    {
        CheckReport report = GradientCheck.Check(x => WrongOperations.SwishWith(x, (x, y, dy) => dy * (y + (x.Sigmoid() * (1 - y))).Detach()), Some);
        Assert.Equal([CheckKind.SecondOrder], report.Results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Kind));
        Assert.Equal(CheckOutcome.Passed, GradientCheck.Check(x => WrongOperations.SwishWith(x, (x, y, dy) => dy * (y + (x.Sigmoid() * (1 - y))).Detach()), Some, new CheckOptions { Order = 1 }).Outcome);
    }

    [Fact]
    public void A_changed_input_fails_by_name()
    {
        CheckReport report = GradientCheck.Check(
            x => WrongOperations.Doubled(x, (x, _, dy) =>
            {
                x.Value[0, 0] += 1;
                return 2 * dy;
            }),
            Some);
        Assert.Contains("input 1 was changed at entry [0, 0]", report.Of(CheckKind.InputsUnchanged)!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_a_number_is_a_failure()
    {
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => x.Log(), M.Dense(1, 1, -1.0)).Of(CheckKind.Value)!.Outcome);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => WrongOperations.Doubled(x, (_, _, dy) => dy * double.NaN), Some).Of(CheckKind.GradientShape)!.Outcome);
    }

    [Fact]
    public void The_edge_of_a_domain_is_inconclusive()
    {
        CheckReport edge = GradientCheck.Check(x => x.Sqrt() * x, M.Dense(1, 1, 1e-300), new CheckOptions { Order = 1 });
        Assert.Equal(CheckOutcome.Inconclusive, edge.Of(CheckKind.Derivative)!.Outcome);
        Assert.False(edge.Passed);
        Assert.Throws<GradientCheckException>(edge.ThrowIfFailed);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-12)]
    [InlineData(1e-3)]
    public void A_kink_and_its_surroundings_pass_with_the_right_slope(double x)
    {
        GradientCheck.Check(v => v.Relu(), M.Dense(2, 2, x)).ThrowIfFailed();
        GradientCheck.Check(v => v.Abs(), M.Dense(2, 2, x)).ThrowIfFailed();
        GradientCheck.Check(v => v.Clamp(0, 1), M.Dense(2, 2, x)).ThrowIfFailed();
        GradientCheck.Check((a, b) => a.Maximum(b), M.Dense(2, 2, x), M.Dense(2, 2)).ThrowIfFailed();
    }

    [Fact]
    public void At_a_kink_the_report_says_so()
    {
        Assert.True(GradientCheck.Check(x => x.Relu(), M.Dense(2, 2)).MetKink);
        Assert.False(GradientCheck.Check(x => x.Relu(), M.Dense(2, 2, 0.1)).MetKink);
        CheckReport skipped = GradientCheck.Check(x => x.Relu() - (-x).Relu(), M.Dense(2, 2), new CheckOptions { Kinks = KinkPolicy.Skip });
        Assert.Equal(CheckOutcome.Kink, skipped.Outcome);
        Assert.True(skipped.Passed);
    }

    [Theory]
    [InlineData(0.25, true)]
    [InlineData(0.5, true)]
    [InlineData(1.0, true)]
    [InlineData(1.5, false)]
    [InlineData(-0.5, false)]
    public void A_kink_that_is_not_noted_is_seen_by_its_slopes(double atKink, bool passes)
    {
        CheckReport report = GradientCheck.Check(x => WrongOperations.SilentKink(x, atKink), M.Dense(1, 2), new CheckOptions { Order = 1 });
        Assert.Equal(passes, report.Passed);
        Assert.True(report.MetKink);
    }

    [Fact]
    public void A_kink_nearby_that_is_not_noted_is_stepped_around()
    {
        CheckReport report = GradientCheck.Check(x => WrongOperations.SilentKink(x, 1), M.Dense(1, 2, 1e-3), new CheckOptions { Order = 1 });
        Assert.True(report.Passed, report.ToString());
        Assert.False(report.MetKink);
    }

    [Fact]
    public void A_tie_that_is_paid_twice_is_found()
    {
        static Variable<double> Max(Variable<double> a, Variable<double> b) => Operation.Elementwise(
            "max",
            a,
            b,
            forward: static (a, b, y) => System.Numerics.Tensors.TensorPrimitives.Max(a, b, y),
            vjpA: static (a, b, y, dy) => dy - dy.WherePositive(b - a),
            vjpB: static (a, b, y, dy) => dy - dy.WherePositive(a - b));
        Assert.True(GradientCheck.Check(Max, M.Dense(1, 1, 1.0), M.Dense(1, 1, 2.0)).Of(CheckKind.Derivative)!.Outcome == CheckOutcome.Passed);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(Max, M.Dense(1, 1, 2.0), M.Dense(1, 1, 2.0)).Of(CheckKind.Derivative)!.Outcome);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(Max, M.Dense(1, 1, 1.0), M.Dense(1, 1, 2.0)).Of(CheckKind.SameVariable)!.Outcome);
    }

    [Fact]
    public void A_state_kept_from_the_last_call_is_found_by_fan_out()
    {
        double[] cache = [];
        CheckReport report = GradientCheck.Check(
            x => Operation.Elementwise(
                "square",
                x,
                forward: (x, y) =>
                {
                    cache = x.ToArray();
                    System.Numerics.Tensors.TensorPrimitives.Multiply<double>(x, x, y);
                },
                vjp: (x, _, dy) => 2 * dy * x.Tape.Constant(M.Dense(x.Rows, x.Columns, (double[])cache.Clone()))),
            Some,
            new CheckOptions { Order = 1 });
        Assert.Equal([CheckKind.FanOut], report.Results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Kind));
    }

    [Fact]
    public void Float_that_is_less_accurate_than_float_is_found()
    {
        CheckedFunction coarse = CheckedFunction.Of("coarse", x => 2 * x, x => (2 + 1e-4) * x);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(coarse, [Some]).Of(CheckKind.SinglePrecision)!.Outcome);
    }

    [Fact]
    public void A_fused_gradient_that_differs_from_the_composed_one_is_found()
    {
        static Variable<double> Fused(Variable<double> x) => Operation.Elementwise(
            "swish",
            x,
            forward: static (x, y) => System.Numerics.Tensors.TensorPrimitives.Multiply(x, 3, y),
            vjp: static (x, y, dy) => (x.Tape.IsRecording ? 3 : 3.0000001) * dy);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(Fused, Some).Of(CheckKind.RecordedGradient)!.Outcome);
    }

    [Fact]
    public void Saturated_and_large_inputs_are_not_a_problem()
    {
        Matrix<double> wide = M.Dense(3, 3, (i, j) => (i - 1) * Math.Pow(30, j));
        GradientCheck.Check(x => x.Softplus(), wide).ThrowIfFailed();
        GradientCheck.Check(x => x.Sigmoid(), wide).ThrowIfFailed();
        GradientCheck.Check(x => x.Log(), wide.PointwiseAbs() + 1e-4).ThrowIfFailed();
    }

    [Fact]
    public void What_the_function_throws_is_not_swallowed() =>
        Assert.Throws<ArgumentException>(() => GradientCheck.Check((a, b) => a.MatMul(b), Some, Some));

    [Theory]
    [InlineData(1e7, CheckOutcome.Passed)]
    [InlineData(1e11, CheckOutcome.Inconclusive)]
    public void A_function_that_loses_digits_is_never_called_wrong_and_at_last_inconclusive(double large, CheckOutcome expected)
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            CheckReport report = GradientCheck.Check(x => (x + large) - large, Some, new CheckOptions { Order = 1, Seed = seed });
            Assert.True(report.Outcome == expected, report.ToString());
            Assert.Equal(expected == CheckOutcome.Passed, report.Passed);
            if (expected == CheckOutcome.Inconclusive)
                Assert.Contains("is too uncertain to confirm the analytic", report.Of(CheckKind.Derivative)!.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e10)]
    public void A_function_that_loses_digits_is_wrong_all_the_same_with_a_gradient_that_is_off_by_more(double large)
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            Assert.NotEqual(CheckOutcome.Failed, GradientCheck.Check(x => (x + large) - large, Some, new CheckOptions { Order = 1, Seed = seed }).Outcome);
            Assert.Equal(CheckOutcome.Failed, Wrong(1.1).Outcome);
            Assert.False(Wrong(1.01).Passed);

            CheckReport Wrong(double factor) => GradientCheck.Check(
                x => WrongOperations.WithGradient(x, v => (v + large) - large, (_, _, dy) => factor * dy), Some, new CheckOptions { Order = 1, Seed = seed });
        }
    }

    [Fact]
    public void Curvature_is_not_taken_for_a_kink()
    {
        // A wrong gradient at a strongly curved point: skipping kinks must not skip it.
        static Variable<double> Steep(Variable<double> x) => WrongOperations.WithGradient(x, v => Math.Exp(20 * v), (x, y, dy) => 20.01 * y * dy);
        foreach (KinkPolicy policy in Enum.GetValues<KinkPolicy>())
        {
            CheckReport report = GradientCheck.Check(Steep, M.Dense(1, 1, 0.25), new CheckOptions { Kinks = policy, Order = 1 });
            Assert.Equal(CheckOutcome.Failed, report.Of(CheckKind.Derivative)!.Outcome);
            Assert.False(report.MetKink);
        }
    }

    [Fact]
    public void Linearity_is_more_than_homogeneity()
    {
        // v³/|v|² in all entries together: α times the cotangent gives α times the gradient for any α, and a sum does not give the sum.
        CheckReport cubic = GradientCheck.Check(x => WrongOperations.Doubled(x, (_, _, dy) => 2 * dy * dy.Square() / (dy.Square().Sum() + 1e-300)), Some, new CheckOptions { Order = 1 });
        Assert.Equal(CheckOutcome.Failed, cubic.Of(CheckKind.Linearity)!.Outcome);
        Assert.Contains("The VJP is not linear in the cotangent", cubic.Of(CheckKind.Linearity)!.Detail, StringComparison.Ordinal);

        // |v| is homogeneous for positive factors.
        CheckReport absolute = GradientCheck.Check(x => WrongOperations.Doubled(x, (_, _, dy) => 2 * dy.Abs()), Some, new CheckOptions { Order = 1 });
        Assert.Equal(CheckOutcome.Failed, absolute.Of(CheckKind.Linearity)!.Outcome);
    }

    [Fact]
    public void Additivity_alone_is_not_enough_either()
    {
        // v rounded to eighths: adds up for the short numbers that a check draws, but a share of it is not the share of the gradient.
        CheckReport report = GradientCheck.Check(
            x => WrongOperations.Doubled(x, (x, _, dy) => x.Tape.Constant(2 * dy.Value.Map(v => Math.Round(64 * v) / 64, Zeros.Include))), Some, new CheckOptions { Order = 1 });
        Assert.Equal(CheckOutcome.Failed, report.Of(CheckKind.Linearity)!.Outcome);
    }
}
