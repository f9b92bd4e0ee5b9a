using System.Text.Json;
using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>Cells of searches, for a program that does them for others.</summary>
public sealed class SearchCellKind : ICellKind
{
    internal const string KindName = "search";

    /// <inheritdoc/>
    public string Name => KindName;

    /// <inheritdoc/>
    public ICellContext Open(string settings, CellData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        try
        {
            SearchCellSettings read = JsonSerializer.Deserialize(settings, SearchJson.Default.SearchCellSettings)!;
            return new SearchCells(SearchDataBytes.Read(data.Content), read.Inner, read.Seed);
        }
        catch (Exception error) when (error is JsonException or EndOfStreamException or ArgumentException or NullReferenceException)
        {
            throw new DataException($"settings or data of a search cannot be read: {error.Message}", error);
        }
    }
}
