namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>What a line of the table is about.</summary>
internal enum LineKind
{
    Operation,
    Loss,
    Layer,
}
