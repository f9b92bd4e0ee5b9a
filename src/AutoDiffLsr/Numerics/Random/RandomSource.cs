namespace AutoDiffLsr.Numerics;

/// <summary>
/// A seeded stream of random numbers whose whole state is one number, so that it can be saved, restored and forked.
/// Same seed, same numbers, on every machine.
/// </summary>
/// <remarks>
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014). <see cref="Random"/> and MathNet's
/// generators do not let their state out, and a checkpoint needs it.
/// </remarks>
public sealed class RandomSource
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>A stream that starts at <paramref name="seed"/>.</summary>
    /// <param name="seed">Any number; the same number gives the same stream.</param>
    public RandomSource(long seed) => State = unchecked((ulong)seed);

    /// <summary>The whole state: setting it to an earlier value repeats the stream from there.</summary>
    public ulong State { get; set; }

    /// <summary>A new stream that depends on this stream's state and on <paramref name="purpose"/> only; this stream does not advance.</summary>
    /// <param name="purpose">What the stream is for, such as "shuffle": different purposes give unrelated streams.</param>
    /// <returns>The new stream.</returns>
    public RandomSource Fork(string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        ulong hash = 0xCBF29CE484222325;
        foreach (char letter in purpose)
            hash = (hash ^ letter) * 0x100000001B3;
        return new RandomSource(unchecked((long)Mix(State ^ Mix(hash))));
    }

    /// <summary>The next 64 random bits.</summary>
    /// <returns>64 bits, each equally likely 0 or 1.</returns>
    public ulong NextBits() => Mix(State += GoldenGamma);

    /// <summary>A number of [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number of [0, <paramref name="bound"/>), without bias (Lemire, "Fast Random Integer Generation in an Interval", 2019).</summary>
    /// <param name="bound">The exclusive upper bound, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextBits(), range, out ulong low);
        if (low >= range)
            return (int)high;
        ulong threshold = unchecked(0UL - range) % range;
        while (low < threshold)
            high = Math.BigMul(NextBits(), range, out low);
        return (int)high;
    }

    /// <summary>A draw of the standard normal distribution (Box and Muller, 1958; one of the pair is used, so the state stays one number).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts <paramref name="values"/> in random order (Fisher and Yates): every order is equally likely.</summary>
    /// <typeparam name="TItem">What is shuffled.</typeparam>
    /// <param name="values">The values, reordered in place.</param>
    public void Shuffle<TItem>(Span<TItem> values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    /// <summary>The next bits of a stream whose state the caller keeps.</summary>
    internal static ulong NextBits(ref ulong state) => Mix(state += GoldenGamma);

    /// <summary>Moves on as if <paramref name="count"/> numbers had been drawn.</summary>
    internal void Skip(int count) => State += unchecked((ulong)count * GoldenGamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
