using System.Globalization;
using AutoDiffLsr.Data.Tables.Roles;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables;

/// <summary>
/// What becomes of each column of a table: which are features, which is the target, and which are left out because they only tell rows apart, are the same
/// in every row, or are free text. Everything that was decided can be read, and decided otherwise by <see cref="SchemaOptions"/>.
/// </summary>
public sealed class TableSchema
{
    private const double MostlyNumbers = 0.95;
    private const int FewestNumbers = 20;

    internal TableSchema(IReadOnlyList<ColumnPlan> columns, IReadOnlyList<string> targets, TableTask task, bool hasHeader, IReadOnlyList<string> notes)
    {
        (Columns, Targets, Task, HasHeader, Notes) = (columns, targets, task, hasHeader, notes);
    }

    /// <summary>Every column of the table, in the order of the file.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; }

    /// <summary>The names of the target columns: one, or K for a regression.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Whether classes or numbers are predicted.</summary>
    public TableTask Task { get; }

    /// <summary>Whether the columns have names of their own.</summary>
    public bool HasHeader { get; }

    /// <summary>What was decided, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Looks at a table and decides what becomes of its columns.</summary>
    /// <param name="options">What is known of the columns.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="DataException">An option names no column, the target cannot be one, a column of numbers has a few texts, or no feature is left.</exception>
    public static TableSchema Of(Table table, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new SchemaBuilder(table, options ?? new()).Build();
    }

    /// <summary>Decides for one table.</summary>
    private sealed class SchemaBuilder(Table table, SchemaOptions options)
    {
        private readonly HashSet<TableColumn> ignored = [.. options.Ignore.Select(table.Column)];
        private readonly HashSet<TableColumn> kept = [.. options.Keep.Select(table.Column)];
        private readonly HashSet<TableColumn> categorical = [.. options.Categorical.Select(table.Column)];
        private readonly HashSet<TableColumn> numeric = [.. options.Numeric.Select(table.Column)];
        private readonly List<string> notes = [];

        public TableSchema Build()
        {
            RefuseContradictions();
            (IReadOnlyList<TableColumn> targets, string why) = TargetChoice.Columns(table, options, ignored.Contains);
            (TableTask task, string taskWhy) = TargetChoice.Task(table, targets, options.Task);
            if (targets.FirstOrDefault(ignored.Contains) is { } both)
                throw new DataException($"{table.File}: {OneLine.Quote(both.Name)} is both the target and left out");
            string[] names = [.. targets.Select(column => column.Name)];
            ColumnPlan[] plans = [.. table.Columns.Select(column => targets.Contains(column) ? Target(column, why) : Plan(column))];
            notes.Insert(0, Sentence(names, why, task, taskWhy));
            if (!plans.Any(plan => plan.IsFeature))
                throw new DataException($"{table.File}: no column is left to learn from; {string.Join(", ", plans.Where(plan => !plan.IsFeature).Take(5).Select(plan => $"{OneLine.Quote(plan.Name)} is {Word(plan.Role)}"))}: --keep-columns keeps one");
            NoteCopies(plans, targets, task);
            return new TableSchema(plans, names, task, table.HasHeader, notes);
        }

        private static string Sentence(string[] names, string why, TableTask task, string taskWhy)
        {
            string chosen = why.Length == 0 ? "" : $" ({why}; --label-column chooses another)";
            string other = task == TableTask.Classification ? "regression" : "classification";
            string reason = taskWhy.Length == 0 ? "" : $" ({taskWhy}; --task {other} chooses otherwise)";
            string what = task == TableTask.Classification ? "classification" : "regression";
            return $"the target is {string.Join(", ", names.Select(name => OneLine.Quote(name)))}{chosen}, the task is {what}{reason}";
        }

        private static string Word(ColumnRole role) => role switch
        {
            ColumnRole.Target => "the target",
            ColumnRole.Identifier => "an identifier",
            ColumnRole.Constant => "constant",
            ColumnRole.FreeText => "free text",
            ColumnRole.Empty => "empty",
            _ => "left out as asked",
        };

        private void RefuseContradictions()
        {
            foreach ((HashSet<TableColumn> one, HashSet<TableColumn> other, string words) in new[] { (ignored, kept, "ignored and kept"), (categorical, numeric, "categorical and numeric") })
            {
                if (one.FirstOrDefault(other.Contains) is { } column)
                    throw new DataException($"{table.File}: {OneLine.Quote(column.Name)} is named as {words}, which contradict each other");
            }
        }

        private static ColumnPlan Target(TableColumn column, string why) => new(column.Name, column.Index, column.Kind, ColumnRole.Target, new ColumnFacts(column).Values, column.MissingCount, why);

        private ColumnPlan Plan(TableColumn column)
        {
            ColumnFacts facts = new(column);
            (ColumnRole role, string reason) = Role(column, facts);
            return new ColumnPlan(column.Name, column.Index, column.Kind, role, facts.Values, column.MissingCount, reason);
        }

        private (ColumnRole Role, string Reason) Role(TableColumn column, ColumnFacts facts)
        {
            if (ignored.Contains(column))
                return (ColumnRole.Ignored, "as asked");
            if (facts.Present == 0)
                return (ColumnRole.Empty, "no row has a value");
            if (categorical.Contains(column))
                return (ColumnRole.Categorical, "as asked");
            if (numeric.Contains(column) && column.Fault is { } fault)
                throw DataException.At(new(table.File, fault.Line, column.Index + 1, column.Name), OneLine.Quote(fault.Text), "a number, because the column is named as numeric");
            bool isWanted = kept.Contains(column) || numeric.Contains(column);
            if (!isWanted && facts.IsConstant)
                return (ColumnRole.Constant, "the same value in every row");
            if (!isWanted && facts.IdentifierReason is { } identifier)
                return (ColumnRole.Identifier, identifier);
            RefuseBrokenNumbers(column);
            if (!isWanted && facts.IsFreeText)
                return (ColumnRole.FreeText, "texts that are nearly all different");
            return (column.Kind == ColumnKind.Number ? ColumnRole.Numeric : ColumnRole.Categorical, isWanted ? "as asked" : "");
        }

        /// <summary>A few texts among many numbers are mistakes or a missing value's spelling, and would turn a number into thousands of categories.</summary>
        private void RefuseBrokenNumbers(TableColumn column)
        {
            if (column.Fault is not { } fault || fault.Numbers < MostlyNumbers * (fault.Numbers + fault.Texts) || column.Levels.Count < FewestNumbers)
                return;
            throw DataException.At(
                new(table.File, fault.Line, column.Index + 1, column.Name),
                OneLine.Quote(fault.Text),
                string.Create(CultureInfo.InvariantCulture, $"a number like {fault.Numbers} others of the column; --missing {OneLine.Quote(fault.Text)} if it stands for a missing value, --categorical {OneLine.Quote(column.Name)} if the values are categories"));
        }

        /// <summary>A column that names the class is often the target under another name.</summary>
        private void NoteCopies(ColumnPlan[] plans, IReadOnlyList<TableColumn> targets, TableTask task)
        {
            if (task != TableTask.Classification)
                return;
            foreach (ColumnPlan plan in plans.Where(plan => plan.IsFeature))
            {
                if (TargetCopies.IsCopy(table.Columns[plan.Index], targets[0]))
                    notes.Add($"the column {OneLine.Quote(plan.Name)} tells the target in every row: if it is the target under another name, leave it out with --ignore-columns {OneLine.Quote(plan.Name)}");
            }
        }
    }
}
