using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

public sealed class RandomSourceTests
{
    // Source: the reference implementation of SplitMix64 (prng.di.unimi.it/splitmix64.c) from state 1234567.
    [Fact]
    public void Bits_are_those_of_the_reference_implementation()
    {
        var random = new RandomSource(1234567);
        ulong[] bits = [random.NextBits(), random.NextBits(), random.NextBits()];
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], bits);
    }

    [Fact]
    public void A_restored_state_repeats_the_stream()
    {
        var random = new RandomSource(3);
        random.NextNormal();
        ulong state = random.State;
        double[] first = [random.NextDouble(), random.NextNormal(), random.NextInt(1000)];
        random.State = state;
        double[] second = [random.NextDouble(), random.NextNormal(), random.NextInt(1000)];
        Assert.Equal(first, second);
    }

    [Fact]
    public void Forks_differ_by_purpose_and_leave_the_parent_alone()
    {
        var random = new RandomSource(3);
        Assert.NotEqual(random.Fork("shuffle").NextBits(), random.Fork("dropout").NextBits());
        Assert.Equal(new RandomSource(3).NextBits(), random.NextBits());
    }

    [Fact]
    public void Uniform_and_normal_draws_have_their_moments()
    {
        var random = new RandomSource(5);
        const int Draws = 200_000;
        double sum = 0, normalSum = 0, normalSquares = 0;
        int[] counts = new int[7];
        for (int i = 0; i < Draws; i++)
        {
            sum += random.NextDouble();
            double normal = random.NextNormal();
            normalSum += normal;
            normalSquares += normal * normal;
            counts[random.NextInt(7)]++;
        }

        Assert.Equal(0.5, sum / Draws, 0.005);
        Assert.Equal(0, normalSum / Draws, 0.01);
        Assert.Equal(1, normalSquares / Draws, 0.02);
        Assert.All(counts, count => Assert.InRange(count, (Draws / 7) - 900, (Draws / 7) + 900));
    }
}
