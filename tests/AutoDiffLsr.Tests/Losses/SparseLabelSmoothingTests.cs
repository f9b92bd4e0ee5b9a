using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class SparseLabelSmoothingTests
{
    private const double Smoothing = 0.1;
    private const double Spread = 0.09;

    [Theory]
    [InlineData(30f)]
    [InlineData(80f)]
    [InlineData(1000f)]
    [InlineData(1e30f)]
    public void A_saturated_row_still_gets_its_gradient_in_float(float margin)
    {
        Matrix<float> logits = Row(margin);
        float gradient = new SparseLabelSmoothing(Smoothing).Run(logits, [0]).Gradient[0, 0];
        Assert.Equal((float)Spread, gradient);
        Assert.InRange(new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished).Run(logits, [0]).Gradient[0, 0], -1e-11f, 1e-11f);
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(16)]
    [InlineData(18)]
    [InlineData(25)]
    public void Descent_on_free_logits_ends_at_the_optimum_from_every_start(float start)
    {
        // d* = ln(A/B), reached by plain gradient descent at rate 1 in float.
        Matrix<float> end = Descend(new SparseLabelSmoothing(Smoothing), start);
        Assert.Equal(Math.Log((1 - Spread) / Spread), MarginOf(end), 1e-3);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(18)]
    public void The_published_form_never_comes_back_and_grows_overconfident(float start)
    {
        Matrix<float> end = Descend(new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished), start);
        Assert.True(MarginOf(end) > 13, $"margin {MarginOf(end)}");
        Assert.True(new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished).Run(end, [0]).Loss[0, 0] < 0);
    }

    [Fact]
    public void The_published_form_has_the_value_and_slope_that_its_sign_gives()
    {
        // Source: docs/losses.md, C = 10, ξ = 0.1, d = 2.31: -0.329 and -0.164, where the equation has 0.500 and 0.
        double offset = 2.31 + Math.Log(9);
        Matrix<double> logits = Matrix<double>.Build.Dense(1, 10, (_, j) => j == 0 ? offset : 0.0);
        var (published, publishedGradient) = new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished).Run(logits, [0]);
        var (equation, gradient) = new SparseLabelSmoothing(Smoothing).Run(logits, [0]);
        Assert.Equal(-0.329, published[0, 0], 1e-3);
        Assert.Equal(-0.164, publishedGradient[0, 0], 1e-3);
        Assert.Equal(0.500, equation[0, 0], 1e-3);
        Assert.Equal(0.0, gradient[0, 0], 1e-3);
    }

    [Theory]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.None)]
    public void The_published_form_is_computed_by_its_formula_with_weights_and_ignored_rows(Reduction reduction)
    {
        // -A·log p + B·log((1 - p)/(C - 1)), rows of label 0 counting 2, of label 1 not at all.
        Matrix<double> logits = Matrix<double>.Build.Dense(4, 3, (i, j) => (i * j) - i);
        int[] labels = [0, 1, 2, 0];
        double[] counts = [2, 0, 1, 2];
        double b = 0.3 * 2 / 3;
        double[] expected = [.. labels.Select((label, row) =>
        {
            double p = Math.Exp(logits[row, label]) / logits.Row(row).Sum(Math.Exp);
            return counts[row] * ((b * Math.Log((1 - p) / 2)) - ((1 - b) * Math.Log(p)));
        })];
        SparseLabelSmoothing loss = new(0.3, SparseLsrForm.AsPublished) { Reduction = reduction, ClassWeights = [2, 1, 1], IgnoredLabel = 1 };
        double[] actual = loss.Run(logits, labels).Loss.ToColumnMajorArray();
        Assert.Equal(reduction switch { Reduction.None => expected, Reduction.Sum => [expected.Sum()], _ => [expected.Sum() / 5] }, actual, (e, a) => Math.Abs(e - a) < 1e-14);
    }

    [Fact]
    public void Lsr_evens_out_the_others_and_sparse_lsr_does_not()
    {
        // On free logits: LSR ends with all others at 0.111 of the rest, SparseLSR keeps their unevenness.
        Matrix<float> lsr = Descend(new LabelSmoothing(Smoothing), 3, steps: 4000), sparse = Descend(new SparseLabelSmoothing(Smoothing), 3, steps: 4000);
        Assert.True(SpreadOfOthers(lsr) < 1e-3);
        Assert.True(SpreadOfOthers(sparse) > 0.5);

        static double SpreadOfOthers(Matrix<float> z) => z.Row(0).Skip(1).Max() - z.Row(0).Skip(1).Min();
    }

    [Fact]
    public void The_hessian_may_have_negative_curvature_past_the_optimum()
    {
        // Source: docs/losses.md: z = (8, 0, 0), ξ = 0.1, along (0, 1, -1)/√2: -0.066/2·2 for SparseLSR, +0.0007 for LSR.
        double[] direction = [0, 1, -1];
        Assert.Equal(-0.066, Curvature(new SparseLabelSmoothing(0.1)), 1e-3);
        Assert.Equal(0.0007, Curvature(new LabelSmoothing(0.1)), 1e-4);

        double Curvature(ClassificationLoss loss)
        {
            using Tape<double> tape = new();
            Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(1, 3, [8, 0, 0]));
            Variable<double> v = tape.Constant(Matrix<double>.Build.Dense(1, 3, direction));
            return (Derivatives.HessianVectorProduct(loss.Compute(z, [0]), z, v) * v).Sum().Scalar;
        }
    }

    private static Matrix<float> Row(float margin) => Matrix<float>.Build.Dense(1, 10, (_, j) => j == 0 ? margin : 0.3f * (j % 3));

    private static double MarginOf(Matrix<float> z)
    {
        double[] others = [.. z.Row(0).Skip(1).Select(v => (double)v)];
        return z[0, 0] - others.Max() - Math.Log(others.Sum(v => Math.Exp(v - others.Max())));
    }

    private static Matrix<float> Descend(ClassificationLoss loss, float start, int steps = 600)
    {
        Parameter<float> z = new("logits", Row(start + 2.4f));
        using Tape<float> tape = new();
        for (int step = 0; step < steps; step++)
        {
            tape.Reset();
            Matrix<float> gradient = tape.Gradients(loss.Compute(tape.Parameter(z), [0]), [z])[0].Value;
            z.Assign(z.Value - gradient);
        }

        return z.Value;
    }
}
