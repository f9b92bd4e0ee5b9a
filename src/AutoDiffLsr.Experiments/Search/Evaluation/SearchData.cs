using System.Security.Cryptography;
using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>
/// A data set in three parts: 60 % to train on, 20 % to choose by, and 20 % that no search sees. Features, and targets that are numbers, are moved and
/// scaled to mean 0 and deviation 1 of the training part.
/// </summary>
/// <remarks>
/// EvoMAL's published code splits the test part again instead of the training part: its training and validation rows together are its test rows, so its
/// test figures are of rows that the search has seen.
/// </remarks>
public sealed class SearchData
{
    /// <summary>The fewest rows that three parts can be made of.</summary>
    public const int FewestRows = 20;

    private SearchData(string name, Samples<float> train, Samples<float> validation, Samples<float> test)
    {
        (Name, Train, Validation, Test) = (name, train, validation, test);
        Hash = Fingerprint(train, validation, test);
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>What is trained on.</summary>
    public Samples<float> Train { get; }

    /// <summary>What losses are chosen by.</summary>
    public Samples<float> Validation { get; }

    /// <summary>What is looked at once, at the end.</summary>
    public Samples<float> Test { get; }

    /// <summary>Whether targets are classes; else they are numbers.</summary>
    public bool IsClassification => Train.Labels is not null;

    /// <summary>A fingerprint of every number in every part.</summary>
    public string Hash { get; }

    /// <summary>Splits samples at random, classes each in the same proportions.</summary>
    /// <param name="name">What reports call the data.</param>
    /// <param name="all">All samples.</param>
    /// <param name="seed">The split is a function of this number.</param>
    /// <param name="standardize">Whether features are moved and scaled; numbers to predict always are.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="DataException">There are too few rows, or a class has fewer than 3.</exception>
    public static SearchData Split(string name, Samples<float> all, long seed, bool standardize = true)
    {
        ArgumentNullException.ThrowIfNull(all);
        CheckCount(name, all.Count);
        RandomSource random = new RandomSource(seed).Fork("three parts");
        List<int> train = [], validation = [], test = [];
        foreach (int[] group in Groups(all))
        {
            if (group.Length < 3)
                throw new DataException($"{name} has a class with {group.Length} row{(group.Length == 1 ? "" : "s")}; a search needs at least 3 of each class, one for each part");
            random.Shuffle<int>(group);
            int held = Math.Max(1, (int)Math.Round(group.Length * 0.2));
            validation.AddRange(group[..held]);
            test.AddRange(group[held..(2 * held)]);
            train.AddRange(group[(2 * held)..]);
        }

        Samples<float>[] parts = [.. new[] { train, validation, test }.Select(rows => all.Take([.. rows.Order()]))];
        if (standardize)
            Standardize([.. parts.Select(part => part.Features)]);
        if (all.Targets is not null)
            Standardize([.. parts.Select(part => part.Targets!)]);
        return new(name, parts[0], parts[1], parts[2]);
    }

    /// <summary>Three parts that are split and scaled already.</summary>
    /// <param name="name">What reports call the data.</param>
    /// <param name="train">What is trained on.</param>
    /// <param name="validation">What losses are chosen by.</param>
    /// <param name="test">What is looked at once, at the end.</param>
    /// <returns>The parts together.</returns>
    /// <exception cref="DataException">There are too few rows.</exception>
    public static SearchData Of(string name, Samples<float> train, Samples<float> validation, Samples<float> test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(test);
        CheckCount(name, train.Count + validation.Count + test.Count);
        return new(name, train, validation, test);
    }

    private static void CheckCount(string name, int rows)
    {
        if (rows < FewestRows)
            throw new DataException($"{name} has {rows} rows; a search needs at least {FewestRows}: 60 % to train on, 20 % to choose by and 20 % to test on");
    }

    private static IEnumerable<int[]> Groups(Samples<float> all) => all.Labels is null
        ? [[.. Enumerable.Range(0, all.Count)]]
        : all.Labels.Index().GroupBy(row => row.Item).OrderBy(group => group.Key).Select(group => group.Select(row => row.Index).ToArray());

    /// <summary>Moves and scales each column of all parts by what it is in the first one; a constant column is only moved.</summary>
    private static void Standardize(Matrix<float>[] parts)
    {
        for (int column = 0; column < parts[0].ColumnCount; column++)
        {
            double[] values = [.. parts[0].Column(column).Select(value => (double)value)];
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            double scale = deviation > 1e-12 * (1 + Math.Abs(mean)) ? deviation : 1;
            foreach (Matrix<float> part in parts)
            {
                for (int row = 0; row < part.RowCount; row++)
                    part[row, column] = (float)((part[row, column] - mean) / scale);
            }
        }
    }

    private static string Fingerprint(params ReadOnlySpan<Samples<float>> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Samples<float> part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Count));
            hash.AppendData(BitConverter.GetBytes(part.Outputs));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(part.Features.AsColumnMajorArray()));
            hash.AppendData(part.Labels is { } labels
                ? System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(labels)
                : System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(part.Targets!.AsColumnMajorArray()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
