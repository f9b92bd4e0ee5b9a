namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>
/// Decides from the first block of rows whether the first row names the columns. A column that holds numbers but for its first field speaks for a header, a
/// number on top of numbers against one; where no column holds numbers, a first field that comes again below speaks against, and one that does not, where
/// others do come again, for one. Without any sign there is a header, as most files have one. A missing value on top says nothing.
/// </summary>
internal sealed class HeaderGuess
{
    private readonly List<string[]> rows;
    private readonly char decimalMark;
    private readonly MissingValues missing;

    public HeaderGuess(List<string[]> rows, char decimalMark, MissingValues missing)
    {
        (this.rows, this.decimalMark, this.missing) = (rows, decimalMark, missing);
        HasHeader = rows.Count > 1 ? Decide() : Array.TrueForAll(rows[0], field => !IsNumber(field) && !missing.Contains(field));
    }

    public bool HasHeader { get; }

    private bool Decide()
    {
        // R leaves out the name of the column with the names of the rows, so its header is shifted by one.
        int shift = rows[1].Length - rows[0].Length == 1 ? 1 : 0, numbersFor = 0, numbersAgainst = 0, textsFor = 0, textsAgainst = 0;
        for (int i = 0; i < rows[0].Length; i++)
        {
            string first = rows[0][i];
            string[] below = [.. rows.Skip(1).Where(row => i + shift < row.Length).Select(row => row[i + shift]).Where(field => !missing.Contains(field))];
            if (missing.Contains(first) || below.Length == 0)
                continue;
            if (Array.TrueForAll(below, IsNumber))
                _ = IsNumber(first) ? numbersAgainst++ : numbersFor++;
            else if (Array.IndexOf(below, first) >= 0)
                textsAgainst++;
            else if (below.Distinct().Count() <= Math.Max(1, below.Length / 2))
                textsFor++;
        }

        if (HasNumberedNames())
            return true;
        if (numbersFor + numbersAgainst > 0)
            return numbersFor > 0 && numbersFor >= numbersAgainst;
        return textsFor > textsAgainst || (textsFor == textsAgainst && textsFor == 0 && !Array.Exists(rows[0], field => missing.Contains(field)));
    }

    /// <summary>pandas names the columns of an array 0, 1, 2, ..., perhaps behind the empty name of its index or before the name of the label.</summary>
    private bool HasNumberedNames()
    {
        string[] first = rows[0];
        int start = first[0].Length == 0 ? 1 : 0, end = first.Length;
        if (end - start > 1 && !IsNumber(first[^1]))
            end--;
        if (end - start < 6)
            return false;
        for (int i = start; i < end; i++)
        {
            if (first[i] != (i - start).ToString(System.Globalization.CultureInfo.InvariantCulture))
                return false;
        }

        return true;
    }

    private bool IsNumber(string field) => NumberText.TryParse(field, decimalMark, out _);
}
