using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>Takes a part of a data set that has the classes in the same proportions.</summary>
public static class StratifiedSubset
{
    /// <summary>
    /// Exactly <paramref name="count"/> samples drawn at random: of each class its share of the whole, rounded down, and what is then missing from the
    /// classes with the largest remainders. They keep the order of the data set.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="dataset">What is drawn from.</param>
    /// <param name="count">How many samples, from the number of classes that have samples up to all.</param>
    /// <param name="seed">The draw is a function of this number.</param>
    /// <returns>A new data set.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of range.</exception>
    public static Dataset<T> Take<T>(Dataset<T> dataset, int count, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int[][] groups = dataset.Strata();
        if (count < groups.Length || count > dataset.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"{count} samples cannot be taken of {dataset.Name}: it has {dataset.Count}, of {groups.Length} classes that each need at least 1.");
        }

        RandomSource random = new RandomSource(seed).Fork("subset");
        int[] shares = Shares([.. groups.Select(group => group.Length)], count, dataset.Count);
        List<int> taken = [];
        for (int i = 0; i < groups.Length; i++)
        {
            random.Shuffle(groups[i].AsSpan());
            taken.AddRange(groups[i].AsSpan(0, shares[i]));
        }

        taken.Sort();
        return dataset.Subset(taken.ToArray());
    }

    /// <summary>The largest-remainder method, with at least one for each.</summary>
    private static int[] Shares(int[] sizes, int count, int total)
    {
        int[] shares = [.. sizes.Select(size => Math.Max(1, (int)((long)size * count / total)))];
        int[] byRemainder = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(i => (long)sizes[i] * count % total)];
        for (int i = 0; shares.Sum() < count; i = (i + 1) % sizes.Length)
        {
            if (shares[byRemainder[i]] < sizes[byRemainder[i]])
                shares[byRemainder[i]]++;
        }

        while (shares.Sum() > count)
            shares[Array.IndexOf(shares, shares.Max())]--;
        return shares;
    }
}
