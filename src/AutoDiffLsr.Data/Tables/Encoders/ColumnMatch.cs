using System.Globalization;
using AutoDiffLsr.Data.Tables.Reading;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Encoders;

/// <summary>
/// Finds the columns of the training table in another table: by name where both have a header, whatever the order, and by place where one has none.
/// </summary>
internal sealed class ColumnMatch
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Matches a table's columns.</summary>
    /// <param name="schema">The training table.</param>
    /// <param name="file">What messages call the other file.</param>
    /// <param name="names">The names of its columns.</param>
    /// <param name="hasHeader">Whether they are names of its own.</param>
    /// <exception cref="DataException">A feature is missing.</exception>
    public ColumnMatch(TableSchema schema, string file, IReadOnlyList<string> names, bool hasHeader)
    {
        if (schema.HasHeader && hasHeader)
            ByName(schema, file, names);
        else
            ByPlace(schema, file, names, hasHeader);
    }

    /// <summary>What the person should know, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The place of a column of the training table in the other, or -1.</summary>
    public int this[string name] => places.GetValueOrDefault(name, -1);

    private void ByName(TableSchema schema, string file, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
            places[names[i]] = i;
        string[] missing = [.. schema.Columns.Where(plan => plan.IsFeature && !places.ContainsKey(plan.Name)).Select(plan => plan.Name)];
        if (missing.Length > 0)
        {
            string what = missing.Length == 1 ? $"the column {OneLine.Quote(missing[0])}" : $"the columns {OneLine.List(missing)}";
            throw new DataException($"{file}: {what} of the training data {(missing.Length == 1 ? "is" : "are")} missing{NearNames.Of(missing[0], [.. names.Where(name => schema.Columns.All(plan => plan.Name != name))])}");
        }

        string[] extra = [.. names.Where(name => schema.Columns.All(plan => plan.Name != name))];
        if (extra.Length > 0)
            Notes.Add($"{(extra.Length == 1 ? "the column" : "the columns")} {OneLine.List(extra)} {(extra.Length == 1 ? "was" : "were")} not in the training data and {(extra.Length == 1 ? "is" : "are")} left alone");
    }

    private void ByPlace(TableSchema schema, string file, IReadOnlyList<string> names, bool hasHeader)
    {
        ColumnPlan[] all = [.. schema.Columns], withoutTarget = [.. all.Where(plan => plan.Role != ColumnRole.Target)], features = [.. all.Where(plan => plan.IsFeature)];
        ColumnPlan[]? matched = names.Count == all.Length ? all : names.Count == withoutTarget.Length ? withoutTarget : names.Count == features.Length ? features : null;
        if (matched is null)
        {
            string counts = string.Join(", ", new[] { all.Length, withoutTarget.Length, features.Length }.Distinct().Select(count => count.ToString(CultureInfo.InvariantCulture)));
            throw new DataException($"{file}: has {names.Count} columns; without a header they are taken by their place, and the training data had {all.Length} with the target (expected one of {counts})");
        }

        for (int i = 0; i < matched.Length; i++)
            places[matched[i].Name] = i;
        if (schema.HasHeader != hasHeader)
            Notes.Add(hasHeader ? "the training data had no header, so columns are taken by their place" : "there is no header, so columns are taken by their place in the training data");
    }
}
