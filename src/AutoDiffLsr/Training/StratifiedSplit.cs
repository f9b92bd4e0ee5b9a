using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>Splits a data set so that both sides have the classes in the same proportions; at random where the targets are no labels.</summary>
public static class StratifiedSplit
{
    /// <summary>
    /// Puts about <paramref name="testFraction"/> of every class, drawn at random, into the test side: its share rounded to a whole number,
    /// but at least one sample and never all of them. Both sides keep the order of the data set.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="dataset">What is split.</param>
    /// <param name="testFraction">The share of the test side, in (0, 1).</param>
    /// <param name="seed">The draw is a function of this number.</param>
    /// <returns>The two sides.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testFraction"/> is not in (0, 1).</exception>
    /// <exception cref="DataException">A class has a single sample, which cannot be on both sides.</exception>
    public static TrainTestSplit<T> Create<T>(Dataset<T> dataset, double testFraction, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!(testFraction > 0 && testFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, FormattableString.Invariant($"testFraction is {testFraction}; it must lie between 0 and 1, both excluded."));
        RandomSource random = new RandomSource(seed).Fork("split");
        bool[] isTest = new bool[dataset.Count];
        foreach (int[] members in Strata(dataset))
        {
            random.Shuffle(members.AsSpan());
            foreach (int member in members.AsSpan(0, TestShare(members.Length, testFraction)))
                isTest[member] = true;
        }

        return new(dataset.Subset(Where(isTest, false)), dataset.Subset(Where(isTest, true)));
    }

    /// <summary>What each side gets its share of; a class of one sample cannot be on both sides.</summary>
    private static int[][] Strata<T>(Dataset<T> dataset)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[][] strata = dataset.Strata();
        if (Array.Find(strata, members => members.Length == 1) is not { } single)
            return strata;
        string what = dataset.Targets.Kind == TargetKind.Labels
            ? $"class {OneLine.Quote(dataset.ClassNames[dataset.Labels[single[0]]])} has 1 sample, but to train and to test each class needs at least 2: add samples of it or leave it out"
            : "1 sample cannot be on both sides of a split";
        throw new DataException($"{dataset.Name}: {what}");
    }

    private static int TestShare(int members, double testFraction) =>
        Math.Clamp((int)Math.Round(members * testFraction, MidpointRounding.AwayFromZero), 1, members - 1);

    private static int[] Where(bool[] isTest, bool side) => [.. Enumerable.Range(0, isTest.Length).Where(index => isTest[index] == side)];
}
