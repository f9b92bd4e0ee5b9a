using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Roles;

/// <summary>Which columns are predicted, and as what.</summary>
internal static class TargetChoice
{
    private const int MostDistinctClasses = 20;
    private const int MostNumberedClasses = 1000;
    private const int FewestRowsOfManyClasses = 5;

    private static readonly string[] TargetNames = ["target", "label", "labels", "y", "class"];

    /// <summary>The target columns, with the reason where they were not named.</summary>
    public static (IReadOnlyList<TableColumn> Targets, string Reason) Columns(Table table, SchemaOptions options, Func<TableColumn, bool> isIgnored)
    {
        if (options.Target.Count > 0)
            return ([.. options.Target.Select(table.Column).Distinct()], "");
        TableColumn[] possible = [.. table.Columns.Where(column => !isIgnored(column) && column.MissingCount < column.Count)];
        if (possible.Length == 0)
            throw new DataException($"{table.File}: there is no column left to predict");
        foreach (string name in TargetNames)
        {
            // Titanic has a column called class among its features: such a name counts at the ends only.
            TableColumn[] named = [.. possible.Where(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && (name != "class" || column == possible[0] || column == possible[^1]))];
            if (table.HasHeader && named.Length == 1)
                return (named, "by its name");
        }

        TableColumn last = possible.LastOrDefault(column => new ColumnFacts(column).IdentifierReason is null) ?? possible[^1];
        return ([last], last == table.Columns[^1] ? "the last column" : "the last column that can be one");
    }

    /// <summary>Whether the target is classes or numbers, and why.</summary>
    public static (TableTask Task, string Reason) Task(Table table, IReadOnlyList<TableColumn> targets, TableTask? wanted)
    {
        foreach (TableColumn target in targets)
            RequireValues(table, target);
        if (wanted == TableTask.Classification && targets.Count > 1)
            throw new DataException($"{table.File}: classification has one target, but {targets.Count} are named: name one, or choose regression");
        if (wanted == TableTask.Regression || targets.Count > 1)
        {
            foreach (TableColumn target in targets)
                RequireNumbers(table, target);
            return (TableTask.Regression, wanted is null ? "several targets are numbers" : "");
        }

        return wanted is not null ? (TableTask.Classification, "") : Guess(targets[0]);
    }

    private static (TableTask Task, string Reason) Guess(TableColumn target)
    {
        if (target.Kind == ColumnKind.Text)
            return (TableTask.Classification, "it has texts");
        ColumnFacts facts = new(target);
        if (!facts.IsWhole)
            return (TableTask.Regression, "it has numbers with decimals");
        HashSet<double>? few = facts.DistinctNumbers(MostNumberedClasses);
        if (few is null)
            return (TableTask.Regression, $"it has more than {MostNumberedClasses} different whole numbers");
        bool isFew = few.Count <= MostDistinctClasses && (few.Count <= 2 || few.Count * 2 <= facts.Present);
        return isFew || AreNumberedClasses(target, facts, few)
            ? (TableTask.Classification, $"it has {few.Count} different whole numbers")
            : (TableTask.Regression, $"it has {few.Count} different whole numbers");
    }

    /// <summary>Many classes that are numbered without a gap, with some rows each; counts and ages have values that hardly occur.</summary>
    private static bool AreNumberedClasses(TableColumn target, ColumnFacts facts, HashSet<double> values)
    {
        if (facts.Minimum is not (0 or 1) || facts.Maximum - facts.Minimum != values.Count - 1)
            return false;
        int[] counts = new int[values.Count];
        for (int row = 0; row < target.Count; row++)
        {
            if (!target.IsMissing(row))
                counts[(int)(target.Number(row) - facts.Minimum)]++;
        }

        int average = facts.Present / values.Count;
        return counts.Min() >= Math.Max(FewestRowsOfManyClasses, average / 4);
    }

    private static void RequireValues(Table table, TableColumn target)
    {
        if (target.MissingCount == target.Count)
            throw new DataException($"{table.File}: the target {OneLine.Quote(target.Name)} has no value in any row: name another column with --label-column");
        if (new ColumnFacts(target).Present == 1)
            throw new DataException($"{table.File}: the target {OneLine.Quote(target.Name)} has a value in 1 row, and at least 2 are needed");
        if (IsSame(target, out string? value))
        {
            throw new DataException(
                $"{table.File}: the target {OneLine.Quote(target.Name)} is {OneLine.Quote(value)} in every row that has one, so there is nothing to learn: name another column with --label-column; the columns are {OneLine.List([.. table.Columns.Select(column => column.Name)])}");
        }
    }

    private static bool IsSame(TableColumn target, out string? value)
    {
        value = null;
        for (int row = 0; row < target.Count; row++)
        {
            if (target.IsMissing(row))
                continue;
            string? text = target.Text(row);
            if (value is not null && text != value)
                return false;
            value = text;
        }

        return true;
    }

    private static void RequireNumbers(Table table, TableColumn target)
    {
        if (target.Fault is { } fault)
            throw DataException.At(new(table.File, fault.Line, target.Index + 1, target.Name), OneLine.Quote(fault.Text), "a number, because regression is asked for");
    }
}
