namespace AutoDiffLsr.Data.Tables;

/// <summary>A column, and what an encoder makes of it.</summary>
/// <param name="Plan">The column and its role.</param>
/// <param name="Becomes">What becomes of it, for people.</param>
/// <param name="Features">How many features it becomes; 0 for one that is left out.</param>
public sealed record ColumnSummary(ColumnPlan Plan, string Becomes, int Features);
