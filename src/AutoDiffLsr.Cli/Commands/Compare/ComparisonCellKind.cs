using System.Text.Json;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>Cells of comparisons, for a worker that does them for others.</summary>
internal sealed class ComparisonCellKind : ICellKind
{
    public const string KindName = "compare";

    /// <inheritdoc/>
    public string Name => KindName;

    /// <inheritdoc/>
    public ICellContext Open(string settings, CellData data)
    {
        try
        {
            return new ComparisonCells(JsonSerializer.Deserialize(settings, ComparisonJson.Default.ComparisonCellSettings)!, LoadedDataBytes.Read(data.Content));
        }
        catch (Exception error) when (error is JsonException or EndOfStreamException or ArgumentException)
        {
            throw new DataException($"settings or data of a comparison cannot be read: {error.Message}", error);
        }
    }
}
