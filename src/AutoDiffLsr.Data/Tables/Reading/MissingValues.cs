using System.Collections.Frozen;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>The spellings of a missing value in a table: texts as they are written, and numbers by their value.</summary>
internal sealed class MissingValues
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> texts;
    private readonly FrozenSet<double> numbers;
    private readonly int longest;

    public MissingValues(IReadOnlyList<string> further, char decimalMark)
    {
        string[] all = [.. TableOptions.UsualMissingValues, .. further];
        texts = all.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        longest = all.Max(text => text.Length);
        numbers = further.Where(text => NumberText.TryParse(text, decimalMark, out _)).Select(text => NumberText.Parse(text, decimalMark)).ToFrozenSet();
    }

    /// <summary>Whether a field without white space around it, which is no number, is missing.</summary>
    public bool Contains(ReadOnlySpan<char> field) => field.IsEmpty || (field.Length <= longest && texts.Contains(field));

    /// <summary>Whether the number was named as one that stands for a missing value.</summary>
    public bool Contains(double number) => numbers.Count > 0 && numbers.Contains(number);
}
