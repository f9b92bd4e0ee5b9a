namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>The whole table: operations, losses and layers.</summary>
internal static class EngineTable
{
    public static IReadOnlyList<TableLine> Lines { get; } =
    [
        .. OperationTable.Lines.Select(line => line.ToTableLine(LineKind.Operation)),
        .. LossTable.Lines.Select(line => line.ToTableLine(LineKind.Loss)),
        .. LayerTable.Lines,
    ];
}
