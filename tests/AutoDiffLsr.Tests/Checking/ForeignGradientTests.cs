using AutoDiffLsr.Checking;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

/// <summary>Gradients that somebody else computes, in every form that a point has.</summary>
public sealed class ForeignGradientTests
{
    private static readonly double[] Start = [-1.2, 1, 0.5];

    /// <summary>Rosenbrock's function (The Computer Journal 3, 1960), as SciPy's <c>rosen</c> and <c>rosen_der</c> generalize it.</summary>
    private static double Rosenbrock(double[] x) => Enumerable.Range(0, x.Length - 1).Sum(i => (100 * Math.Pow(x[i + 1] - (x[i] * x[i]), 2)) + Math.Pow(1 - x[i], 2));

    private static double[] RosenbrockGradient(double[] x)
    {
        double[] g = new double[x.Length];
        for (int i = 0; i < x.Length - 1; i++)
        {
            double inner = x[i + 1] - (x[i] * x[i]);
            g[i] += (-400 * x[i] * inner) - (2 * (1 - x[i]));
            g[i + 1] += 200 * inner;
        }

        return g;
    }

    [Fact]
    public void A_right_gradient_of_an_array_passes_every_check_that_applies()
    {
        CheckReport report = GradientCheck.Check(Rosenbrock, RosenbrockGradient, Start);
        report.ThrowIfFailed();
        Assert.Equal("Rosenbrock", report.Function);
        Assert.Equal(
            [CheckKind.Determinism, CheckKind.Value, CheckKind.GradientShape, CheckKind.Derivative, CheckKind.Repeatability, CheckKind.InputsUnchanged],
            report.Results.Select(result => result.Kind));
    }

    [Theory]
    [InlineData(1.0001)]
    [InlineData(0.5)]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    public void A_wrong_entry_is_named_with_both_values(double factor)
    {
        double[] Wrong(double[] x)
        {
            double[] g = RosenbrockGradient(x);
            g[1] *= factor;
            return g;
        }

        for (int seed = 1; seed <= 20; seed++)
        {
            string text = GradientCheck.Check(Rosenbrock, Wrong, Start, new CheckOptions { Seed = seed }).ToString();
            Assert.StartsWith("Rosenbrock: the gradient is wrong (1 of 6 checks)", text, StringComparison.Ordinal);
            Assert.Contains("The gradient for x (3x1) is wrong at entry [1]", text, StringComparison.Ordinal);
            Assert.Contains("x: 1 of 3 entries wrong", text, StringComparison.Ordinal);
            Assert.Contains("x = { -1.2, 1, 0.5 }", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Vectors_matrices_and_lists_of_matrices_are_taken_in_double_and_float()
    {
        Vector<double> v = Vector<double>.Build.DenseOfArray(Start);
        GradientCheck.Check(x => x * x, x => 2 * x, v).ThrowIfFailed();
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => x * x, x => x, v).Outcome);

        Vector<float> single = v.ToSingle();
        GradientCheck.Check(x => x * x, x => 2 * x, single).ThrowIfFailed();
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => x * x, x => 1.9f * x, single).Outcome);

        Matrix<double> m = Matrix<double>.Build.Dense(2, 3, (i, j) => 0.5 + i - (0.75 * j)), other = Matrix<double>.Build.Dense(3, 2, (i, j) => (0.3 * i) - (0.2 * j));
        GradientCheck.Check(x => (x * other).Trace(), x => other.Transpose(), m).ThrowIfFailed();
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => (x * other).Trace(), x => 1.001 * other.Transpose(), m).Outcome);

        Matrix<float> f = m.ToSingle(), otherSingle = other.ToSingle();
        GradientCheck.Check(x => (x * otherSingle).Trace(), x => otherSingle.Transpose(), f).ThrowIfFailed();
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => (x * otherSingle).Trace(), x => -otherSingle.Transpose(), f).Outcome);

        GradientCheck.Check(x => (x[0] * x[1]).Trace(), x => [x[1].Transpose(), x[0].Transpose()], [m, other]).ThrowIfFailed();
        CheckReport wrong = GradientCheck.Check(x => (x[0] * x[1]).Trace(), x => [x[1].Transpose(), 2 * x[0].Transpose()], [m, other]);
        Assert.Contains("input 2: 5 of 6 entries wrong, analytic = 2 x numeric", wrong.ToString(), StringComparison.Ordinal);
        Assert.Contains("input 1: right", wrong.ToString(), StringComparison.Ordinal);

        float[] array = [0.5f, -2, 3];
        GradientCheck.Check(x => (x[0] * x[1]) + MathF.Exp(x[2]), x => [x[1], x[0], MathF.Exp(x[2])], array).ThrowIfFailed();
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => (x[0] * x[1]) + MathF.Exp(x[2]), x => [x[1], x[0], 1.1f * MathF.Exp(x[2])], array).Outcome);
    }

    [Fact]
    public void Float_is_never_called_wrong_for_its_rounding()
    {
        Random random = new(5);
        for (int round = 0; round < 100; round++)
        {
            float[] x = [.. Enumerable.Range(0, 4).Select(_ => (float)((6 * random.NextDouble()) - 3))];
            CheckReport report = GradientCheck.Check(Value, Gradient, x, new CheckOptions { Seed = round });
            Assert.True(report.Passed, report.ToString());
        }

        static float Value(float[] x) => x.Sum(v => MathF.Tanh(v) * v) + (x[0] * x[1] * x[2]);

        static float[] Gradient(float[] x)
        {
            float[] g = Array.ConvertAll(x, v => MathF.Tanh(v) + (v * (1 - (MathF.Tanh(v) * MathF.Tanh(v)))));
            g[0] += x[1] * x[2];
            g[1] += x[0] * x[2];
            g[2] += x[0] * x[1];
            return g;
        }
    }

    [Fact]
    public void A_gradient_of_another_length_or_null_or_with_a_NaN_fails_by_name()
    {
        Assert.Contains("has 2 entries, the input 3", GradientCheck.Check(Rosenbrock, x => [1, 2], Start).ToString(), StringComparison.Ordinal);
        Assert.Contains("The gradient is null", GradientCheck.Check(Rosenbrock, x => null!, Start).ToString(), StringComparison.Ordinal);
        Assert.Contains("x, entry [1], is NaN", GradientCheck.Check(Rosenbrock, x => [1, double.NaN, 2], Start).ToString(), StringComparison.Ordinal);
        Matrix<double> m = Matrix<double>.Build.Dense(2, 3, 1.0);
        Assert.Contains("has another shape than the input, which is 2x3", GradientCheck.Check(x => x.RowSums().Sum(), x => x.Transpose(), m).ToString(), StringComparison.Ordinal);
        Assert.Contains("There are 1 gradients for 2 inputs", GradientCheck.Check(x => x[0][0, 0], x => [x[0]], [m, m]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_gradient_throws_is_a_failed_check_and_what_the_function_throws_is_not_caught()
    {
        string text = GradientCheck.Check(Rosenbrock, x => throw new NotSupportedException("no gradient yet"), Start).ToString();
        Assert.Contains("NotSupportedException: no gradient yet", text, StringComparison.Ordinal);
        Assert.Throws<DivideByZeroException>(() => GradientCheck.Check(x => throw new DivideByZeroException(), RosenbrockGradient, Start));
    }

    [Fact]
    public void A_random_function_a_changing_gradient_and_an_overwritten_point_are_named()
    {
        int calls = 0;
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => x[0] + calls++, x => [1], [2.0]).Of(CheckKind.Determinism)!.Outcome);
        int sweeps = 0;
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => x[0], x => [1 + (1e-12 * sweeps++)], [2.0]).Of(CheckKind.Repeatability)!.Outcome);
        CheckReport overwritten = GradientCheck.Check(
            x => x[0],
            x =>
            {
                x[0] = 7;
                return [1];
            },
            [2.0]);
        Assert.Contains("x, entry [0], was changed by the gradient, from 2 to 7", overwritten.Of(CheckKind.InputsUnchanged)!.Detail, StringComparison.Ordinal);
        CheckReport byFunction = GradientCheck.Check(x => x[0]++, x => [1], [2.0]);
        Assert.Contains("was changed by the function", byFunction.Of(CheckKind.InputsUnchanged)!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinks_jumps_and_edges_have_the_same_verdicts_as_on_a_tape()
    {
        Assert.True(GradientCheck.Check(x => Math.Abs(x[0]), x => [0.5], [0.0]).Passed);
        Assert.True(GradientCheck.Check(x => Math.Abs(x[0]), x => [0.5], [0.0]).MetKink);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => Math.Abs(x[0]), x => [3], [0.0]).Outcome);
        Assert.Equal(CheckOutcome.Inconclusive, GradientCheck.Check(x => Math.Floor(x[0]), x => [0], [1.0]).Outcome);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => Math.Floor(x[0]), x => [5], [1.0]).Outcome);
        Assert.Equal(CheckOutcome.Inconclusive, GradientCheck.Check(x => Math.Sqrt(x[0]), x => [0.5 / Math.Sqrt(x[0])], [0.0]).Outcome);
        Assert.Contains("the function is not finite here", GradientCheck.Check(x => Math.Log(x[0]), x => [1 / x[0]], [0.0]).ToString(), StringComparison.Ordinal);
        Assert.NotEqual(CheckOutcome.Passed, GradientCheck.Check(x => MathF.Floor(x[0]), x => [5], [1f]).Outcome);
        Assert.Equal(CheckOutcome.Failed, GradientCheck.Check(x => MathF.Abs(x[0]), x => [3], [0f]).Outcome);
        Assert.True(GradientCheck.Check(x => MathF.Abs(x[0]), x => [-1], [0f]).Passed);
    }

    [Fact]
    public void A_null_argument_is_named_and_an_empty_point_refused()
    {
        static string? Named(Action act) => Assert.Throws<ArgumentNullException>(act).ParamName;
        Assert.Equal("function", Named(() => GradientCheck.Check((Func<double[], double>)null!, RosenbrockGradient, Start)));
        Assert.Equal("gradient", Named(() => GradientCheck.Check(Rosenbrock, null!, Start)));
        Assert.Equal("x", Named(() => GradientCheck.Check(Rosenbrock, RosenbrockGradient, null!)));
        Assert.Throws<ArgumentException>(() => GradientCheck.Check(x => 1, x => [], Array.Empty<double>()));
    }
}
