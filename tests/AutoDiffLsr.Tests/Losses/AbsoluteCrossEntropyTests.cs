using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

/// <summary>Value, gradient, limits and arguments of ACE against its definition.</summary>
public sealed class AbsoluteCrossEntropyTests
{
    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(2.0, 1.25)]
    [InlineData(0.5, 3.0)]
    [InlineData(3.0, 0.25)]
    public void Value_and_gradient_are_those_of_the_definition(double phi0, double phi1)
    {
        // L = φ0·|log(φ1·p_t)|, dL/dz_j = φ0·sign(log(φ1·p_t))·([j = t] - p_j).
        Matrix<double> logits = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, -0.5, 0.25 }, { 4, 0, 1 }, { -2, 0, 1 } });
        int[] labels = [0, 0, 0];
        AbsoluteCrossEntropy loss = new(phi0, phi1) { Reduction = Reduction.None };
        foreach (bool composed in new[] { false, true })
        {
            var (value, gradient) = loss.Run(logits, labels, composed);
            for (int row = 0; row < 3; row++)
            {
                double total = logits.Row(row).Sum(Math.Exp), u = Math.Log(phi1 * Math.Exp(logits[row, 0]) / total);
                Assert.Equal(phi0 * Math.Abs(u), value[row, 0], 1e-14);
                for (int j = 0; j < 3; j++)
                    Assert.Equal(phi0 * Math.Sign(u) * ((j == 0 ? 1 : 0) - (Math.Exp(logits[row, j]) / total)), gradient[row, j], 1e-14);
            }
        }
    }

    [Fact]
    public void At_the_kink_the_slope_is_zero_by_both_paths()
    {
        // Two equal logits and φ1 = 2: log(2·1/2) = 0.
        Matrix<double> logits = Matrix<double>.Build.Dense(1, 2);
        foreach (bool composed in new[] { false, true })
        {
            var (value, gradient) = new AbsoluteCrossEntropy(3, 2).Run(logits, [1], composed);
            Assert.Equal((0.0, Matrix<double>.Build.Dense(1, 2)), (value[0, 0], gradient));
        }
    }

    [Fact]
    public void Margins_beyond_the_largest_number_have_the_limit_of_the_loss()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(1, 2, [double.MaxValue, -double.MaxValue]);
        Assert.Equal(3 * Math.Log(2), new AbsoluteCrossEntropy(3, 2).Run(logits, [0]).Loss[0, 0], 1e-15);
        Assert.Equal(double.PositiveInfinity, new AbsoluteCrossEntropy(1, 2).Run(logits, [1]).Loss[0, 0]);
        Assert.Equal(0.5, new AbsoluteCrossEntropy(0.25, 2).Run(logits, [1]).Loss[0, 0] / double.MaxValue, 1e-15);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_that_is_not_a_positive_finite_number_is_refused(double factor)
    {
        Assert.Equal("phi0", Assert.Throws<ArgumentOutOfRangeException>(() => new AbsoluteCrossEntropy(factor)).ParamName);
        ArgumentOutOfRangeException second = Assert.Throws<ArgumentOutOfRangeException>(() => new AbsoluteCrossEntropy(1, factor));
        Assert.Equal("phi1", second.ParamName);
        Assert.Contains("; it must be a finite double above 0", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aligned_with_a_smoothing_its_optimum_is_that_of_the_smoothed_label()
    {
        AbsoluteCrossEntropy loss = AbsoluteCrossEntropy.AlignedWithSmoothing(0.1, 10);
        Assert.Equal((1.0, 1 / 0.91), (loss.Phi0, loss.Phi1));
        Assert.Equal((1.0, 2.0), (AbsoluteCrossEntropy.AlignedWithSmoothing(0, 3).Phi1, AbsoluteCrossEntropy.AlignedWithSmoothing(1, 2).Phi1));
        Assert.Equal("smoothing", Assert.Throws<ArgumentOutOfRangeException>(() => AbsoluteCrossEntropy.AlignedWithSmoothing(1.01, 3)).ParamName);
        Assert.Equal("classes", Assert.Throws<ArgumentOutOfRangeException>(() => AbsoluteCrossEntropy.AlignedWithSmoothing(0.1, 1)).ParamName);
    }

    [Fact]
    public void A_check_learns_on_which_side_of_the_kink_each_row_is()
    {
        BranchSignature below = Branches(phi1: 2, 0, 1), alsoBelow = Branches(phi1: 2, 0, 2), above = Branches(phi1: 2, 1, 0), on = Branches(phi1: 2, 0, 0);
        Assert.Equal(below.Hash, alsoBelow.Hash);
        Assert.NotEqual(below.Hash, above.Hash);
        Assert.Equal((0, 0, 1), (below.Ties, above.Ties, on.Ties));
    }

    [Fact]
    public void Without_a_kink_nothing_is_noted() => Assert.Equal(Branches(phi1: 1, 0, 1).Hash, Branches(phi1: 1, 900, 0).Hash);

    /// <summary>The label's probability is 1/φ1 = ½ where the two logits are equal.</summary>
    private static BranchSignature Branches(double phi1, double label, double other)
    {
        BranchSignature branches = new();
        using Tape<double> tape = new() { Branches = branches };
        new AbsoluteCrossEntropy(1, phi1).Compute(tape.Variable(Matrix<double>.Build.DenseOfArray(new[,] { { label, other } })), [0]);
        return branches;
    }
}
