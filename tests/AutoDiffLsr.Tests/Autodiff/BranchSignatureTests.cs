using AutoDiffLsr.Autodiff;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class BranchSignatureTests
{
    [Fact]
    public void Below_on_and_above_are_told_apart_and_their_order_counts()
    {
        ulong[] hashes = [Of(-1), Of(0), Of(1), Of(-1, 1), Of(1, -1), Of(-1, -1), Of(0, 0), Of()];
        Assert.Distinct(hashes);
        Assert.Equal(Of(-3, 0, 0.5), Of(-0.1, -0.0, 20));
    }

    [Fact]
    public void The_signature_is_the_hash_of_the_sides()
    {
        // Fowler-Noll-Vo 1a (64 bits) of 1 for below, 2 for on and 3 for above, started at its prime.
        ulong hash = 0x100000001B3;
        foreach (ulong side in new ulong[] { 1, 2, 3, 3 })
            hash = unchecked((hash ^ side) * 0x100000001B3);
        Assert.Equal(hash, Of(-1, 0, 1, double.NaN));
    }

    [Fact]
    public void Only_entries_on_the_kink_are_ties()
    {
        BranchSignature branches = new();
        branches.Compare<double>([-1, 0, 2, 2, double.NaN], 2);
        Assert.Equal(2, branches.Ties);
    }

    [Fact]
    public void Two_sides_are_compared_pair_by_pair()
    {
        BranchSignature pairs = new(), threshold = new();
        pairs.Compare<float>([1, 5, 3], [2, 5, -1]);
        threshold.Compare<float>([-1, 0, 4], 0);
        Assert.Equal((threshold.Hash, 1), (pairs.Hash, pairs.Ties));
    }

    [Fact]
    public void A_cleared_signature_is_as_new()
    {
        BranchSignature branches = new();
        branches.Compare<double>([0, 1], 0);
        branches.Clear();
        Assert.Equal((new BranchSignature().Hash, 0), (branches.Hash, branches.Ties));
    }

    private static ulong Of(params double[] values)
    {
        BranchSignature branches = new();
        branches.Compare<double>(values, 0);
        return branches.Hash;
    }
}
