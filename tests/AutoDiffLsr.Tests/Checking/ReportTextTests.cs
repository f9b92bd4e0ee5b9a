using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

/// <summary>What a report says to the person who asked: where nothing is wrong with the gradient it must not say so.</summary>
public sealed class ReportTextTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;
    private static readonly Matrix<double> Some = M.Dense(2, 3, (i, j) => 0.5 + i - (0.75 * j));

    [Fact]
    public void An_infinite_gradient_at_the_edge_of_the_domain_is_named_as_that()
    {
        CheckReport report = GradientCheck.Check(x => x.Sqrt(), M.Dense(1, 1));
        Assert.Equal(CheckOutcome.Inconclusive, report.Outcome);
        Assert.Contains("the check is inconclusive", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("input 1, entry [0, 0], is ", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("the point is at the edge of its domain", report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("should be", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_infinite_slope_inside_the_domain_is_inconclusive()
    {
        static Variable<double> CubeRoot(Variable<double> x) => Operation.Elementwise(
            "cube root",
            x,
            forward: static (x, y) =>
            {
                for (int i = 0; i < x.Length; i++)
                    y[i] = Math.Cbrt(x[i]);
            },
            vjp: static (x, y, dy) => dy / (3 * y * y));
        CheckReport report = GradientCheck.Check(CubeRoot, M.DenseOfArray(new[,] { { 1.0, 0 } }), new CheckOptions { Order = 1 });
        Assert.Equal(CheckOutcome.Inconclusive, report.Outcome);
        Assert.Contains("the slope may be infinite here", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_infinite_gradient_of_a_finite_slope_is_wrong_with_both_values()
    {
        CheckReport report = GradientCheck.Check(x => WrongOperations.Doubled(x, (_, _, dy) => dy / 0.0), M.Dense(1, 1, 3.0));
        Assert.Equal(CheckOutcome.Failed, report.Outcome);
        Assert.Matches("input 1, entry \\[0, 0\\], is -?(∞|Infinity), where the numerical derivative is -?[0-9.]+ ±", report.ToString());
    }

    [Fact]
    public void An_infinite_second_derivative_is_not_called_wrong() =>
        Assert.Equal(CheckOutcome.Inconclusive, GradientCheck.Check(x => x.Power(1.5), M.Dense(1, 1)).Outcome);

    [Theory]
    [InlineData(0.0, "The value is -Infinity at entry [0, 0]")]
    [InlineData(-1.0, "The value is NaN at entry [0, 0]")]
    public void A_value_that_is_not_finite_is_not_called_a_wrong_gradient(double x, string expected)
    {
        CheckReport report = GradientCheck.Check(v => v.Log(), M.Dense(1, 1, x));
        Assert.StartsWith("v => v.Log(): the function is not finite here (1 of 2 checks)", report.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, report.ToString(), StringComparison.Ordinal);
        Assert.Contains("Move the inputs into its domain", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_vjp_that_throws_is_named_with_what_it_threw()
    {
        static Variable<double> Throwing(Variable<double> x) => WrongOperations.Doubled(x.Tanh(), (_, _, _) => throw new KeyNotFoundException("no such key")).Exp();
        string text = GradientCheck.Check(Throwing, Some).ToString();
        Assert.Contains("The VJP of 'doubled' throws: KeyNotFoundException: no such key", text, StringComparison.Ordinal);
        static Variable<double> Null(Variable<double> x) => WrongOperations.SwishWith(x, (_, _, _) => ((Matrix<double>?)null)!.RowCount * x);
        Assert.Contains("The VJP of 'swish' throws: NullReferenceException", GradientCheck.Check(Null, Some).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_vjp_that_throws_only_while_recording_is_named()
    {
        static Variable<double> Recorded(Variable<double> x) => WrongOperations.Doubled(
            x.Tanh(), (x, _, dy) => x.Tape.IsRecording ? throw new ArgumentException("cannot record") : 2 * dy);
        Assert.Contains("The VJP of 'doubled' throws: ArgumentException: cannot record", GradientCheck.Check(Recorded, Some).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_argument_is_named()
    {
        static string? Named(Action act) => Assert.Throws<ArgumentNullException>(act).ParamName;
        Func<Variable<double>, Variable<double>> one = x => x;
        Func<Variable<double>, Variable<double>, Variable<double>> two = (a, b) => a;
        Assert.Equal("function", Named(() => GradientCheck.Check((Func<Variable<double>, Variable<double>>)null!, Some)));
        Assert.Equal("x", Named(() => GradientCheck.Check(one, null!)));
        Assert.Equal("function", Named(() => GradientCheck.Check((Func<Variable<double>, Variable<double>, Variable<double>>)null!, Some, Some)));
        Assert.Equal("a", Named(() => GradientCheck.Check(two, null!, Some)));
        Assert.Equal("b", Named(() => GradientCheck.Check(two, Some, null!)));
        Assert.Equal("function", Named(() => GradientCheck.Check((CheckedFunction)null!, [Some])));
        Assert.Equal("inputs", Named(() => GradientCheck.Check(CheckedFunction.Of("f", two), null!)));
        Assert.Contains("inputs[1] is null", Assert.Throws<ArgumentNullException>(() => GradientCheck.Check(CheckedFunction.Of("f", two), [Some, null!])).Message, StringComparison.Ordinal);
        Assert.Equal("parameters", Named(() => CheckedFunction.Of("f", one).WithParameters(null!)));
        Assert.Equal("parameters", Named(() => CheckedFunction.Of("f", one).WithParameters([null!])));
        Assert.Equal("reference", Named(() => CheckedFunction.Of("f", one).WithReference(null!)));
        Assert.Equal("Without", Named(() => _ = new CheckOptions { Without = null! }));
    }

    [Fact]
    public void A_method_is_called_by_its_name_and_a_short_lambda_by_its_text()
    {
        Assert.Equal("WrongOperations.Dropout", GradientCheck.Check(WrongOperations.Dropout, M.Dense(8, 8, 1.0)).Function);
        Assert.Equal("v => v.Tanh()", GradientCheck.Check(v => v.Tanh(), Some).Function);
        Assert.Equal("(a, b) => a * b", GradientCheck.Check((a, b) => a * b, Some, Some).Function);
        CheckReport longer = GradientCheck.Check(
            v =>
            {
                Variable<double> y = v.Tanh();
                return y;
            },
            Some);
        Assert.Equal("function", longer.Function);
    }

    [Fact]
    public void A_composition_of_kinks_is_told_which_setting_skips_them()
    {
        string text = GradientCheck.Check(x => x.Relu() - (-x).Relu(), M.Dense(1, 1)).ToString();
        Assert.Contains("set CheckOptions.Kinks to KinkPolicy.Skip", text, StringComparison.Ordinal);
        Assert.Contains("relu(x) - relu(-x)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_without_a_result_or_without_inputs_is_refused_by_name()
    {
        Assert.Contains("returned no variable", Assert.Throws<InvalidOperationException>(() => GradientCheck.Check(_ => default, Some)).Message, StringComparison.Ordinal);
        ArgumentException nothing = Assert.Throws<ArgumentException>(() => GradientCheck.Check(CheckedFunction.Of("seven", (tape, _) => tape.Constant(7.0)), []));
        Assert.Contains("'seven' has no input and no parameter", nothing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CheckKind.Reference, "the value is wrong")]
    [InlineData(CheckKind.InputsUnchanged, "an input is overwritten")]
    [InlineData(CheckKind.SinglePrecision, "float is less accurate than its rounding explains")]
    [InlineData(CheckKind.Determinism, "the function is not deterministic")]
    [InlineData(CheckKind.Derivative, "the gradient is wrong")]
    public void The_first_line_says_what_kind_of_problem_it_is(CheckKind kind, string expected)
    {
        CheckReport report = kind switch
        {
            CheckKind.Reference => GradientCheck.Check(CheckedFunction.Of("f", x => x.Tanh()).WithReference(x => x[0]), [Some]),
            CheckKind.InputsUnchanged => GradientCheck.Check(
                x => WrongOperations.Doubled(x, (x, _, dy) =>
                {
                    x.Value[0, 0] = -x.Value[0, 0];
                    return 2 * dy;
                }),
                Some),
            CheckKind.SinglePrecision => GradientCheck.Check(CheckedFunction.Of("f", x => 2 * x, x => 2.001 * x), [Some]),
            CheckKind.Determinism => GradientCheck.Check(WrongOperations.Dropout, M.Dense(8, 8, 1.0)),
            _ => GradientCheck.Check(x => WrongOperations.Doubled(x, (_, _, dy) => dy), Some),
        };
        Assert.Equal(kind, report.Results.First(result => result.Outcome == CheckOutcome.Failed).Kind);
        Assert.Contains($": {expected} (", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_refuses_inputs_outside_of_its_domain_is_inconclusive_at_the_edge()
    {
        static Variable<double> Guarded(Variable<double> x) => x.Value[0, 0] < 0 ? throw new ArgumentOutOfRangeException(nameof(x), "below 0") : x.Square();
        Assert.Equal(CheckOutcome.Inconclusive, GradientCheck.Check(Guarded, M.Dense(1, 1), new CheckOptions { Order = 1 }).Outcome);
        Assert.True(GradientCheck.Check(Guarded, M.Dense(1, 1, 0.5)).Passed);
    }
}
