namespace AutoDiffLsr.Data.Tables;

/// <summary>A column of a table and what becomes of it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Index">Its place in the file, counted from 0.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Role">What becomes of it.</param>
/// <param name="Values">Its range, or how many levels it has, for people.</param>
/// <param name="Missing">How many values are missing.</param>
/// <param name="Reason">Why it has this role where that is not plain; else empty.</param>
public sealed record ColumnPlan(string Name, int Index, ColumnKind Kind, ColumnRole Role, string Values, int Missing, string Reason)
{
    /// <summary>Whether the column is a feature.</summary>
    public bool IsFeature => Role is ColumnRole.Numeric or ColumnRole.Categorical;
}
