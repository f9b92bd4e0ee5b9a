using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Data.Tables;

/// <summary>Which rows of a table are for training, validation and test. Rows without a target are in none.</summary>
/// <param name="Train">The rows to learn from.</param>
/// <param name="Validation">The rows to watch training with; may be empty.</param>
/// <param name="Test">The rows that are held back for the end; may be empty.</param>
/// <param name="Unlabelled">How many rows have no target.</param>
public sealed record RowSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Validation, IReadOnlyList<int> Test, int Unlabelled)
{
    /// <summary>
    /// Draws the parts at random: of each class its share, so that the parts have the classes in the same proportions, or of all rows for a regression. A class
    /// of one row is in the training part. Each part keeps the order of the table.
    /// </summary>
    /// <param name="schema">What is its target.</param>
    /// <param name="testFraction">The share of the test part, in [0, 1).</param>
    /// <param name="validationFraction">The share of the validation part, in [0, 1); with that of the test part below 1.</param>
    /// <param name="seed">The draw is a function of this number.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share is not as said.</exception>
    /// <exception cref="DataException">There are too few rows for the parts that are asked for.</exception>
    public static RowSplit Draw(Table table, TableSchema schema, double testFraction, double validationFraction, long seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(schema);
        if (!(testFraction >= 0 && testFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, FormattableString.Invariant($"testFraction is {testFraction}; it must be in [0, 1)."));
        if (!(validationFraction >= 0 && validationFraction + testFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(validationFraction), validationFraction, FormattableString.Invariant($"validationFraction is {validationFraction}; it must be at least 0, and with the test part's {testFraction} below 1."));
        TableColumn[] targets = [.. schema.Targets.Select(name => table.Find(name)!)];
        RandomSource random = new RandomSource(seed).Fork("split");
        Part[] parts = new Part[table.Rows];
        int unlabelled = 0;
        foreach (int[] group in Groups(targets, schema.Task, out unlabelled))
        {
            random.Shuffle(group.AsSpan());
            int test = Share(group.Length, testFraction, group.Length - 1);
            int validation = Share(group.Length, validationFraction, group.Length - 1 - test);
            for (int i = 0; i < group.Length; i++)
                parts[group[i]] = i < test ? Part.Test : i < test + validation ? Part.Validation : Part.Train;
        }

        RowSplit split = new(Rows(parts, Part.Train), Rows(parts, Part.Validation), Rows(parts, Part.Test), unlabelled);
        if ((testFraction > 0 && split.Test.Count == 0) || (validationFraction > 0 && split.Validation.Count == 0))
            throw new DataException($"{table.File}: {table.Rows - unlabelled} rows with a target are too few to test on a part of them: give more rows, a test file with --test, or --test-fraction 0");
        return split;
    }

    private static int Share(int members, double fraction, int most) =>
        fraction == 0 || most < 1 ? 0 : Math.Clamp((int)Math.Round(members * fraction, MidpointRounding.AwayFromZero), 1, most);

    private static int[] Rows(Part[] parts, Part part) => [.. Enumerable.Range(0, parts.Length).Where(row => parts[row] == part)];

    /// <summary>The rows of each class in the order of the classes, or all rows in one group; rows without a target in none.</summary>
    private static List<int[]> Groups(TableColumn[] targets, TableTask task, out int unlabelled)
    {
        unlabelled = 0;
        Dictionary<string, List<int>> groups = new(StringComparer.Ordinal);
        for (int row = 0; row < targets[0].Count; row++)
        {
            if (Array.Exists(targets, target => target.IsMissing(row)))
            {
                unlabelled++;
                continue;
            }

            string key = task == TableTask.Classification ? targets[0].Text(row) ?? "" : "";
            if (!groups.TryGetValue(key, out List<int>? group))
                groups[key] = group = [];
            group.Add(row);
        }

        return [.. ClassOrder.Sorted(groups.Keys).Names.Select(name => groups[name].ToArray())];
    }

    private enum Part : byte
    {
        None,
        Train,
        Validation,
        Test,
    }
}
