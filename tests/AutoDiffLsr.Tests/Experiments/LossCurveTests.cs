using AutoDiffLsr.Experiments;
using AutoDiffLsr.Losses;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments;

/// <summary>
/// The golden values of the figures, from L = -A log p - B log((1-p)/(C-1)) with C = 100, evaluated by hand; their optimum is at A = 1 - ξ + ξ/C.
/// </summary>
public sealed class LossCurveTests
{
    private const int Classes = 100;

    [Theory]
    [InlineData(0.1, 0.5, 1.1481)]
    [InlineData(0.1, 0.99, 0.9199)]
    [InlineData(0.1, 0.901, 0.7778)]
    [InlineData(0.2, 0.99, 1.8297)]
    [InlineData(0.2, 0.802, 1.4075)]
    public void SparseLsr_has_the_golden_values(double smoothing, double probability, double expected)
    {
        Assert.Equal(expected, Values(new SparseLabelSmoothing(smoothing), probability)[0], 5e-5);
        Assert.Equal(expected, Values(new LabelSmoothing(smoothing), probability)[0], 5e-5); // the others are equal, so both agree
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Every_curve_passes_through_the_logarithm_of_C_at_a_probability_of_one_in_C(double smoothing) =>
        Assert.Equal(4.6052, Values(new SparseLabelSmoothing(smoothing), 0.01)[0], 5e-5);

    [Theory]
    [InlineData(0.1, 0.901)]
    [InlineData(0.2, 0.802)]
    public void The_smallest_loss_is_at_A(double smoothing, double optimum)
    {
        double[] values = Values(new SparseLabelSmoothing(smoothing), optimum - 0.01, optimum, optimum + 0.01);
        Assert.True(values[1] < values[0] && values[1] < values[2]);
    }

    [Fact]
    public void The_published_arithmetic_has_no_gradient_where_the_exact_one_pulls_back_with_B()
    {
        double[] margins = [10, 30];
        var exact = LossCurve<float>.AgainstMargin(new SparseLabelSmoothing(0.1), 10, margins);
        var published = LossCurve<float>.AgainstMargin((z, labels) => PublishedArithmetic.SparseLabelSmoothing(z, labels, 0.1), 10, margins);
        Assert.Equal(0.09, exact.TargetGradients[1], 1e-6);
        Assert.InRange(Math.Abs(published.TargetGradients[1]), 0, 1e-12);
        Assert.Equal(exact.TargetGradients[0], published.TargetGradients[0], 1e-2);
    }

    [Fact]
    public void The_published_sign_pushes_on_where_the_equation_has_its_optimum()
    {
        double optimum = Math.Log(0.91 / 0.09);
        Assert.Equal(0, LossCurve<double>.AgainstMargin(new SparseLabelSmoothing(0.1), 10, [optimum]).TargetGradients[0], 1e-12);
        Assert.Equal(-0.1638, LossCurve<double>.AgainstMargin(new SparseLabelSmoothing(0.1, SparseLsrForm.AsPublished), 10, [optimum]).TargetGradients[0], 1e-4);
    }

    [Fact]
    public void A_probability_that_is_none_is_refused() =>
        Assert.Contains("probabilities[1] is 1", Assert.Throws<ArgumentException>(() => Values(new CrossEntropy(), 0.5, 1)).Message, StringComparison.Ordinal);

    private static double[] Values(ClassificationLoss loss, params double[] probabilities) => [.. LossCurve<double>.AgainstProbability(loss, Classes, probabilities).Values];
}
