namespace AutoDiffLsr.Experiments.Cells;

/// <summary>A cell that is done.</summary>
/// <param name="Cell">It.</param>
/// <param name="Result">What came out, as JSON.</param>
/// <param name="Processor">Where: <see cref="Cells.Processor.Kind"/> of that machine.</param>
public sealed record CellOutcome(CellWork Cell, string Result, string Processor);
