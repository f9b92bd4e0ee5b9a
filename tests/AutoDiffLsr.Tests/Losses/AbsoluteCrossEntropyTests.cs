using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class AbsoluteCrossEntropyTests
{
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
