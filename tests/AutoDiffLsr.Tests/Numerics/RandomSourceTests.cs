using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

public sealed class RandomSourceTests
{
    /// <summary>The state whose next bits are all 0.</summary>
    private const ulong BeforeZero = unchecked(0 - 0x9E3779B97F4A7C15);

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

    /// <summary>SplitMix64 makes of 0 the bits 0, the one draw that Lemire's method throws away for a bound of 3: of 2^64 draws two numbers would else get one more.</summary>
    [Fact]
    public void A_draw_that_would_favour_a_number_is_thrown_away()
    {
        RandomSource random = new(unchecked((long)BeforeZero)), later = new(0);
        Assert.Equal(later.NextInt(3), random.NextInt(3));
        Assert.Equal(later.State, random.State);
    }

    [Fact]
    public void The_smallest_and_the_largest_uniform_draw_give_a_finite_normal()
    {
        Assert.Equal(0, new RandomSource(unchecked((long)BeforeZero)).NextNormal());

        // The largest draw is 1 - 2^-53: ln(2^-53) is finite.
        Assert.InRange(Math.Sqrt(-2 * Math.Log(1 - ((ulong.MaxValue >> 11) * (1.0 / (1UL << 53))))), 8, 9);
    }

    /// <summary>Fisher and Yates from the end on, written out; saved trainings go on with this order.</summary>
    [Fact]
    public void A_shuffle_is_that_of_Fisher_and_Yates_and_gives_every_order_alike()
    {
        int[] values = [.. Enumerable.Range(0, 50)], expected = [.. values];
        new RandomSource(8).Shuffle<int>(values);
        RandomSource draws = new(8);
        for (int last = 49; last >= 1; last--)
        {
            int other = draws.NextInt(last + 1), kept = expected[last];
            expected[last] = expected[other];
            expected[other] = kept;
        }

        Assert.Equal(expected, values);
        Dictionary<string, int> orders = [];
        RandomSource random = new(9);
        for (int i = 0; i < 24_000; i++)
        {
            int[] four = [0, 1, 2, 3];
            random.Shuffle<int>(four);
            string order = string.Join("", four);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        // 1,000 expected of each, with a deviation of 31.
        Assert.Equal(24, orders.Count);
        Assert.All(orders.Values, count => Assert.InRange(count, 840, 1160));
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
