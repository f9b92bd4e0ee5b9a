using System.Globalization;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables;

/// <summary>What a table had that the training part had not: categories never seen, and missing values where there were none.</summary>
public sealed class EncodingCounts
{
    private readonly SortedDictionary<string, (int Count, string Example)> unseen = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> missing = new(StringComparer.Ordinal);

    /// <summary>Values whose category was never seen in training.</summary>
    public int Unseen => unseen.Values.Sum(each => each.Count);

    /// <summary>Missing values in columns that had none in training.</summary>
    public int Missing => missing.Values.Sum();

    /// <summary>A sentence for each column with such values.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. unseen.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{OneLine.Quote(pair.Key)}: {Values(pair.Value.Count)} of categories that training has not seen, such as {OneLine.Quote(pair.Value.Example)}")),
        .. missing.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{OneLine.Quote(pair.Key)}: {Values(pair.Value)} missing, where none was in training")),
    ];

    internal void AddUnseen(string column, string text) => unseen[column] = unseen.TryGetValue(column, out (int Count, string Example) known) ? (known.Count + 1, known.Example) : (1, text);

    internal void AddMissing(string column) => missing[column] = missing.GetValueOrDefault(column) + 1;

    private static string Values(int count) => count == 1 ? "1 value" : string.Create(CultureInfo.InvariantCulture, $"{count} values");
}
