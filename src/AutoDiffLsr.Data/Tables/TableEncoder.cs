using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Data.Tables.Encoders;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data.Tables;

/// <summary>
/// Turns rows of a table into the numbers that a net takes, and back. It is fitted on the rows of the training part only, and is saved with the model, so that
/// tables to predict are given as they are: columns are found by name, missing values filled, and categories that training has not seen are counted.
/// </summary>
/// <remarks>Features are in the natural order of the columns' names, so that the order of columns in the file does not change a trained net.</remarks>
public sealed class TableEncoder
{
    private readonly ClassOrder? classes;

    internal TableEncoder(TableSchema schema, IReadOnlyList<ColumnEncoding> inputs, IReadOnlyList<string> classNames, IReadOnlyList<TargetScale> targetScales)
    {
        (Schema, Inputs, ClassNames, TargetScales) = (schema, inputs, classNames, targetScales);
        classes = classNames.Count > 0 ? new(classNames) : null;
        Features = inputs.Sum(input => input.Width);
        FeatureNames = [.. inputs.SelectMany(input => input.FeatureNames)];
    }

    /// <summary>The columns of the training table and what becomes of them.</summary>
    public TableSchema Schema { get; }

    /// <summary>F, the number of features of an encoded row.</summary>
    public int Features { get; }

    /// <summary>The F names of the features.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The C names of the classes, numbers by value and texts by their characters; empty for a regression.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The units of the K targets of a regression; empty for a classification.</summary>
    public IReadOnlyList<TargetScale> TargetScales { get; }

    internal IReadOnlyList<ColumnEncoding> Inputs { get; }

    /// <summary>Learns from the rows of the training part: medians, means and deviations of numbers, and which categories there are.</summary>
    /// <param name="schema">What becomes of its columns.</param>
    /// <param name="rows">The rows of the training part.</param>
    /// <returns>The encoder.</returns>
    /// <exception cref="DataException">A column has too many categories, or the table is too wide for the memory.</exception>
    public static TableEncoder Fit(Table table, TableSchema schema, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(schema);
        if (rows.IsEmpty)
            throw new ArgumentException("rows is empty, but an encoder is fitted on at least one row.", nameof(rows));
        List<ColumnEncoding> inputs = [];
        foreach (ColumnPlan plan in schema.Columns.Where(plan => plan.IsFeature).OrderBy(plan => plan.Name, NaturalOrder.Instance))
        {
            TableColumn column = table.Columns[plan.Index];
            inputs.Add(plan.Role == ColumnRole.Numeric ? NumberEncoding.Fit(plan, column, rows) : CategoryEncoding.Fit(table, plan, column, rows));
        }

        TableColumn[] targets = [.. schema.Targets.Select(name => table.Find(name)!)];
        return schema.Task == TableTask.Classification
            ? new TableEncoder(schema, inputs, ClassesOf(table, targets[0]), [])
            : new TableEncoder(schema, inputs, [], FitScales(targets, rows));
    }

    /// <summary>The mean and scale of each feature: numbers of mean 0 and deviation 1 on the training part, categories as they are.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>The standardization that a model of encoded rows is saved with.</returns>
    public Standardization<T> Standardization<T>()
        where T : struct, IFloatingPointIeee754<T>
    {
        (double Mean, double Scale)[] moments = [.. Inputs.SelectMany(input => input.Moments)];
        return new(Array.ConvertAll(moments, each => T.CreateSaturating(each.Mean)), Array.ConvertAll(moments, each => T.CreateSaturating(each.Scale)));
    }

    /// <summary>The features of rows of a table, not standardised.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="table">The table: the one that was fitted on, or another with the same columns in any order.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="counts">Counts categories never seen, and values missing where none was; null for nothing.</param>
    /// <returns>N * F numbers, row after row.</returns>
    /// <exception cref="DataException">A column is missing, has a text where training had numbers, or the features do not fit into the memory.</exception>
    public T[] Encode<T>(Table table, ReadOnlySpan<int> rows, EncodingCounts? counts = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        ColumnMatch match = Match(table);
        RequireMemory<T>(table, rows.Length);
        T[] features = new T[rows.Length * Features];
        int first = 0;
        foreach (ColumnEncoding input in Inputs)
        {
            input.Encode<T>(table, table.Columns[match[input.Plan.Name]], rows, features, Features, first, counts ?? new());
            first += input.Width;
        }

        return features;
    }

    /// <summary>A data set of rows of a table: features of mean 0 and deviation 1 on the training part, and labels, or targets of mean 0 and deviation 1.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="rows">Which rows; each must have a target.</param>
    /// <param name="targets">The targets' columns where they have other names; empty for those of the training table.</param>
    /// <param name="counts">Counts categories never seen, and values missing where none was; null for nothing.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataException">The table does not fit.</exception>
    public Dataset<T> Dataset<T>(Table table, ReadOnlySpan<int> rows, IReadOnlyList<string>? targets = null, EncodingCounts? counts = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] features = Encode<T>(table, rows, counts);
        Standardization<T> standardization = Standardization<T>();
        for (int row = 0; row < rows.Length; row++)
            standardization.Apply(features.AsSpan(row * Features, Features));
        return new Dataset<T>(table.Name, features, Features, TargetsOf<T>(table, rows, targets ?? []), FeatureNames);
    }

    /// <summary>The rows that have a target.</summary>
    /// <param name="targets">The targets' columns where they have other names; empty for those of the training table.</param>
    /// <returns>Their numbers, in order.</returns>
    /// <exception cref="DataException">The target's column is missing.</exception>
    public int[] LabelledRows(Table table, IReadOnlyList<string>? targets = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        TableColumn[] columns = TargetColumns(table, targets ?? []);
        return [.. Enumerable.Range(0, table.Rows).Where(row => !Array.Exists(columns, column => column.IsMissing(row)))];
    }

    /// <summary>What becomes of each column of the training table, in the order of the file.</summary>
    /// <returns>A summary for each column.</returns>
    public IReadOnlyList<ColumnSummary> Describe()
    {
        var byName = Inputs.ToDictionary(input => input.Plan.Name);
        return [.. Schema.Columns.Select(plan => byName.TryGetValue(plan.Name, out ColumnEncoding? input)
            ? new ColumnSummary(plan, input.Becomes, input.Width)
            : new ColumnSummary(plan, plan.Role == ColumnRole.Target ? TargetText() : $"left out: {plan.Reason}", 0))];
    }

    /// <summary>The sentences about a table whose columns are matched with those of the training table.</summary>
    /// <returns>A sentence for each thing that differs.</returns>
    /// <exception cref="DataException">A column is missing.</exception>
    public IReadOnlyList<string> Compare(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Match(table).Notes;
    }

    /// <summary>The label of each row, or -1 where it is missing.</summary>
    /// <param name="table">A table with the target's column.</param>
    /// <param name="target">The target's column where it has another name or place; null for that of the training table.</param>
    /// <returns>N labels in -1..C-1.</returns>
    /// <exception cref="DataException">The column is missing, or a row's class was not in the training table.</exception>
    public int[] Labels(Table table, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ClassOrder known = classes ?? throw new InvalidOperationException("A regression has no labels; use Targets.");
        TableColumn column = TargetColumns(table, target is null ? [] : [target])[0];
        int[] labels = new int[table.Rows];
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int row = 0; row < labels.Length; row++)
        {
            if (column.Text(row) is not { } text)
            {
                labels[row] = column.IsMissing(row) ? -1 : throw UnknownClass(table, row, column, "a text");
                continue;
            }

            if (!seen.TryGetValue(text, out int label))
                seen[text] = label = known.IndexOf(text) is >= 0 and int index ? index : throw UnknownClass(table, row, column, OneLine.Quote(text));
            labels[row] = label;
        }

        return labels;
    }

    /// <summary>The targets of rows in their own unit.</summary>
    /// <param name="table">A table with the targets' columns.</param>
    /// <param name="targets">The targets' columns where they have other names or places; empty for those of the training table.</param>
    /// <returns>N * K numbers, row after row; NaN where one is missing.</returns>
    /// <exception cref="DataException">A column is missing, or has texts.</exception>
    public double[] Targets(Table table, IReadOnlyList<string>? targets = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (TargetScales.Count == 0)
            throw new InvalidOperationException("A classification has no targets that are numbers; use Labels.");
        TableColumn[] columns = TargetColumns(table, targets ?? []);
        foreach (TableColumn column in columns)
        {
            if (column.Fault is { } fault)
                throw DataException.At(new(table.File, fault.Line, column.Index + 1, column.Name), OneLine.Quote(fault.Text), "a number, because the task is regression");
        }

        double[] values = new double[table.Rows * columns.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = columns[i % columns.Length].Number(i / columns.Length);
        return values;
    }

    /// <summary>The encoder as text, for a model file.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => EncoderState.Of(this).ToJson();

    /// <summary>An encoder that was saved.</summary>
    /// <param name="json">What <see cref="ToJson"/> returned.</param>
    /// <returns>The encoder.</returns>
    /// <exception cref="DataException">The text is no encoder.</exception>
    public static TableEncoder FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return EncoderState.Parse(json).ToEncoder();
    }

    internal ColumnMatch Match(Table table) => new(Schema, table.File, [.. table.Columns.Select(column => column.Name)], table.HasHeader);

    private Training.Targets<T> TargetsOf<T>(Table table, ReadOnlySpan<int> rows, IReadOnlyList<string> named)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (Schema.Task == TableTask.Classification)
        {
            int[] labels = Labels(table, named.Count > 0 ? named[0] : null), chosen = new int[rows.Length];
            for (int i = 0; i < chosen.Length; i++)
                chosen[i] = labels[rows[i]];
            return Training.Targets<T>.Labels(chosen, ClassNames);
        }

        double[] values = Targets(table, named);
        int columns = TargetScales.Count;
        T[] standardised = new T[rows.Length * columns];
        for (int i = 0; i < standardised.Length; i++)
        {
            TargetScale scale = TargetScales[i % columns];
            standardised[i] = T.CreateSaturating((values[(rows[i / columns] * columns) + (i % columns)] - scale.Mean) / scale.Scale);
        }

        return Training.Targets<T>.Numbers(standardised, [.. TargetScales.Select(scale => scale.Name)]);
    }

    private TableColumn[] TargetColumns(Table table, IReadOnlyList<string> named)
    {
        if (named.Count > 0)
            return [.. named.Select(table.Column)];
        ColumnMatch match = Match(table);
        return [.. Schema.Targets.Select(name => match[name] is >= 0 and int place ? table.Columns[place] : throw new DataException(
            $"{table.File}: the target {OneLine.Quote(name)} is missing, so there is nothing to compare with; --label-column names another column"))];
    }

    private DataException UnknownClass(Table table, int row, TableColumn column, string found) =>
        DataException.At(table.Place(row, column), found, $"one of the classes {OneLine.List(ClassNames)}");

    private string TargetText() => Schema.Task == TableTask.Classification
        ? string.Create(CultureInfo.InvariantCulture, $"the target: {ClassNames.Count} classes")
        : "the target: a number";

    private void RequireMemory<T>(Table table, int rows)
    {
        long bytes = (long)rows * Features * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        ColumnEncoding widest = Inputs.MaxBy(input => input.Width)!;
        if ((long)rows * Features > Array.MaxLength || bytes > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{table.File}: {rows} rows of {Features} features need {bytes / 1e9:F1} GB; the widest column is {OneLine.Quote(widest.Plan.Name)} with {widest.Width} features: leave it out with --ignore-columns {OneLine.Quote(widest.Plan.Name)}"));
        }
    }

    private static IReadOnlyList<string> ClassesOf(Table table, TableColumn target)
    {
        HashSet<string> distinct = new(StringComparer.Ordinal);
        for (int row = 0; row < target.Count; row++)
        {
            if (target.Text(row) is { } text)
                distinct.Add(text);
            else if (!target.IsMissing(row))
                throw new DataException($"{table.File}: the target {OneLine.Quote(target.Name)} has more than {Table.MostLevels} different texts, too many for classes");
        }

        return ClassOrder.Sorted(distinct).Names;
    }

    private static TargetScale[] FitScales(TableColumn[] targets, ReadOnlySpan<int> rows)
    {
        TargetScale[] scales = new TargetScale[targets.Length];
        for (int i = 0; i < scales.Length; i++)
        {
            ColumnPlan plan = new(targets[i].Name, i, ColumnKind.Number, ColumnRole.Target, "", 0, "");
            NumberEncoding fitted = NumberEncoding.Fit(plan, targets[i], rows);
            scales[i] = new(targets[i].Name, fitted.Mean, fitted.Scale);
        }

        return scales;
    }
}
