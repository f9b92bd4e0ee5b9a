using System.Numerics;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>Points of the plane in classes of a known shape: small data to try and to draw a net's decisions on. The classes are equally frequent.</summary>
public static class GeneratedPoints
{
    private delegate (double X, double Y) Place(int label, RandomSource random);

    /// <summary>Two half circles, each reaching into the other (as scikit-learn's make_moons): no straight line parts them.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The points are a function of this number.</param>
    /// <param name="train">Samples to train on, at least 1.</param>
    /// <param name="test">Samples to test on, at least 1.</param>
    /// <param name="noise">The deviation of each coordinate from the half circle of radius 1.</param>
    /// <returns>The training and the test part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static TrainTestSplit<T> Moons<T>(long seed, int train = 2_000, int test = 1_000, double noise = 0.15)
        where T : struct, IFloatingPointIeee754<T>
    {
        RequireSize(noise, nameof(noise));
        return Create<T>("moons", seed, train, test, ["upper", "lower"], (label, random) =>
        {
            (double sine, double cosine) = Math.SinCos(Math.PI * random.NextDouble());
            (double x, double y) = label == 0 ? (cosine, sine) : (1 - cosine, 0.5 - sine);
            return Blur((x, y), noise, random);
        });
    }

    /// <summary>Three arms of one turn around the origin, of radius 1: a net needs some width or depth for them.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The points are a function of this number.</param>
    /// <param name="train">Samples to train on, at least 1.</param>
    /// <param name="test">Samples to test on, at least 1.</param>
    /// <param name="noise">The deviation of each coordinate from the arm.</param>
    /// <returns>The training and the test part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static TrainTestSplit<T> Spirals<T>(long seed, int train = 3_000, int test = 1_500, double noise = 0.03)
        where T : struct, IFloatingPointIeee754<T>
    {
        RequireSize(noise, nameof(noise));
        return Create<T>("spirals", seed, train, test, ["first arm", "second arm", "third arm"], (label, random) =>
        {
            double radius = 0.1 + (0.9 * random.NextDouble());
            (double sine, double cosine) = Math.SinCos(Math.Tau * (radius + (label / 3.0)));
            return Blur((radius * cosine, radius * sine), noise, random);
        });
    }

    /// <summary>Four round clouds of deviation 1 whose centres stand on a circle: straight lines part most of them.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The points are a function of this number.</param>
    /// <param name="train">Samples to train on, at least 1.</param>
    /// <param name="test">Samples to test on, at least 1.</param>
    /// <param name="radius">The radius of the circle; the smaller, the more the clouds overlap.</param>
    /// <returns>The training and the test part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static TrainTestSplit<T> Blobs<T>(long seed, int train = 2_000, int test = 1_000, double radius = 3)
        where T : struct, IFloatingPointIeee754<T>
    {
        RequireSize(radius, nameof(radius));
        return Create<T>("blobs", seed, train, test, ["east", "north", "west", "south"], (label, random) =>
        {
            (double sine, double cosine) = Math.SinCos(Math.Tau * label / 4);
            return Blur((radius * cosine, radius * sine), 1, random);
        });
    }

    private static void RequireSize(double value, string name)
    {
        if (!(value >= 0 && float.IsFinite((float)value)))
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; it must be a finite number, 0 or more."));
    }

    private static TrainTestSplit<T> Create<T>(string name, long seed, int train, int test, string[] classNames, Place place)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        RandomSource random = new RandomSource(seed).Fork(name);
        return new(Draw<T>(name, random.Fork("train"), train, classNames, place), Draw<T>(name, random.Fork("test"), test, classNames, place));
    }

    private static Dataset<T> Draw<T>(string name, RandomSource random, int count, string[] classNames, Place place)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % classNames.Length)];
        random.Shuffle(labels.AsSpan());
        var samples = new T[checked(2 * count)];
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = place(labels[i], random);
            samples[2 * i] = T.CreateChecked(x);
            samples[(2 * i) + 1] = T.CreateChecked(y);
        }

        return new(name, samples, 2, labels, classNames, ["x", "y"]);
    }

    private static (double X, double Y) Blur((double X, double Y) point, double deviation, RandomSource random) =>
        (point.X + (deviation * random.NextNormal()), point.Y + (deviation * random.NextNormal()));
}
