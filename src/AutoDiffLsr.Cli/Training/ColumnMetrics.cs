using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Cli.Training;

/// <summary>A column of a table and what became of it.</summary>
internal sealed record ColumnMetrics(string Name, string Kind, string Role, string Values, int Missing, int Features, string Becomes)
{
    public static ColumnMetrics Of(ColumnSummary column) => new(
        column.Plan.Name, column.Plan.Kind.ToString().ToLowerInvariant(), column.Plan.Role.ToString().ToLowerInvariant(), column.Plan.Values, column.Plan.Missing, column.Features, column.Becomes);
}
