using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class RegressionLossTests
{
    private static readonly Matrix<double> Outputs = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, -3.0 }, { 2.25, 1e200 }, { -0.125, double.NegativeInfinity } });
    private static readonly Matrix<double> Targets = Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 1.0 }, { 2.25, 0 }, { 0.75, 0 } });

    /// <summary>torch.nn.HuberLoss(reduction='none', delta=0.75) and its gradient, PyTorch 1.13: d²/2 inside ±0.75, else 0.75·(|d| - 0.375).</summary>
    [Fact]
    public void Huber_is_a_parabola_inside_delta_and_a_line_outside()
    {
        (Matrix<double> value, Matrix<double> slope) = Entries(new Huber(0.75));
        double[,] values = { { 0.125, 2.71875 }, { 0, 7.5e199 }, { 0.375, double.PositiveInfinity } };
        double[,] slopes = { { 0.5, -0.75 }, { 0, 0.75 }, { -0.75, -0.75 } };
        Assert.Equal(values, value.ToArray());
        Assert.Equal(slopes, slope.ToArray());
    }

    [Fact]
    public void The_absolute_error_has_the_sign_as_slope()
    {
        (Matrix<double> value, Matrix<double> slope) = Entries(new MeanAbsoluteError());
        Assert.Equal(new[,] { { 0.5, 4 }, { 0, 1e200 }, { 0.875, double.PositiveInfinity } }, value.ToArray());
        Assert.Equal(new[,] { { 1.0, -1 }, { 0, 1 }, { -1, -1 } }, slope.ToArray());
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("mae")]
    [InlineData("huber")]
    [InlineData("bce")]
    [InlineData("log-cosh")]
    public void Reductions_of_one_loss_agree_and_gradients_are_right(string name)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(3, 2, (i, j) => Math.Sin(3 + i + (2 * j))), t = Matrix<double>.Build.Dense(3, 2, (i, j) => 0.3 + (0.1 * (i + j)));
        using Tape<double> tape = new();
        Variable<double> output = tape.Constant(x), target = tape.Constant(t);
        double[] rows = [.. Make(name, Reduction.None).Compute(output, target).Value.Enumerate()];
        Assert.Equal(3, rows.Length);
        Assert.Equal(rows.Sum(), Make(name, Reduction.Sum).Compute(output, target).Scalar, 1e-13);
        Assert.Equal(rows.Sum() / 6, Make(name, Reduction.Mean).Compute(output, target).Scalar, 1e-13);
        CheckReport report = GradientCheck.Check(Make(name, Reduction.Mean).Compute, x, t);
        Assert.True(report.Passed, report.ToString());
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(255.0)]
    [InlineData(double.NaN)]
    public void A_target_of_binary_cross_entropy_that_is_no_probability_is_refused_by_place(double wrong)
    {
        using Tape<double> tape = new();
        Matrix<double> targets = Matrix<double>.Build.Dense(2, 3, 1.0);
        targets[1, 2] = wrong;
        ArgumentException error = Assert.Throws<ArgumentException>(() => new BinaryCrossEntropy().Compute(tape.Constant(targets), tape.Constant(targets)));
        Assert.Contains(FormattableString.Invariant($"targets[1, 2] is {wrong}"), error.Message, StringComparison.Ordinal);
    }

    /// <summary>L = Σ y_j·L(j) for every loss, in closed form or by the sum itself.</summary>
    [Theory]
    [InlineData("ce")]
    [InlineData("lsr")]
    [InlineData("sparse-lsr")]
    [InlineData("ace")]
    public void A_loss_against_distributions_is_its_expectation_over_the_classes(string name)
    {
        ClassificationLoss Of(Reduction reduction) => name switch
        {
            "ce" => new CrossEntropy { Reduction = reduction },
            "lsr" => new LabelSmoothing(0.2) { Reduction = reduction },
            "sparse-lsr" => new SparseLabelSmoothing(0.2) { Reduction = reduction },
            _ => new AbsoluteCrossEntropy(1, 1.5) { Reduction = reduction },
        };
        Matrix<double> z = Matrix<double>.Build.Dense(4, 3, (i, j) => 2 * Math.Sin(i + (3 * j)));
        Matrix<double> y = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 0, 0 }, { 0.25, 0.25, 0.5 }, { 0, 0.5, 0.5 }, { 0.1, 0.2, 0.7 } });
        using Tape<double> tape = new();
        double[] expected = new double[4];
        for (int k = 0; k < 3; k++)
        {
            Matrix<double> losses = Of(Reduction.None).Compute(tape.Constant(z), [k, k, k, k]).Value;
            for (int i = 0; i < 4; i++)
                expected[i] += y[i, k] * losses[i, 0];
        }

        Assert.Equal(expected, Of(Reduction.None).Compute(tape.Constant(z), tape.Constant(y)).Value.Enumerate(), (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal(expected.Average(), Of(Reduction.Mean).Compute(tape.Constant(z), tape.Constant(y)).Scalar, 1e-13);
        CheckReport report = GradientCheck.Check(v => Of(Reduction.Mean).Compute(v, v.Tape.Constant(y)), z);
        Assert.True(report.Passed, report.ToString());
    }

    private static (Matrix<double> Value, Matrix<double> Slope) Entries(RegressionLoss loss)
    {
        Matrix<double> values = Matrix<double>.Build.Dense(3, 2), slopes = Matrix<double>.Build.Dense(3, 2);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                using Tape<double> tape = new();
                Variable<double> x = tape.Variable(Outputs.SubMatrix(i, 1, j, 1)), value = loss.Compute(x, tape.Constant(Targets.SubMatrix(i, 1, j, 1)));
                (values[i, j], slopes[i, j]) = (value.Scalar, tape.Gradient(value, x).Scalar);
            }
        }

        return (values, slopes);
    }

    private static RegressionLoss Make(string name, Reduction reduction) => name switch
    {
        "mse" => new MeanSquaredError { Reduction = reduction },
        "mae" => new MeanAbsoluteError { Reduction = reduction },
        "huber" => new Huber(0.4) { Reduction = reduction },
        "bce" => new BinaryCrossEntropy { Reduction = reduction },
        _ => new LogCosh { Reduction = reduction },
    };

    private sealed class LogCosh : RegressionLoss
    {
        public override string Name => "log-cosh";

        protected override Variable<T> Entries<T>(Variable<T> outputs, Variable<T> targets)
        {
            Variable<T> distance = (outputs - targets).Abs();
            return distance + (-2 * distance).Softplus() - Math.Log(2);
        }
    }
}
