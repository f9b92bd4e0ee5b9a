using System.Globalization;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>Distinct names of columns.</summary>
internal static class ColumnNames
{
    private const string Unnamed = "unnamed ";

    /// <summary>The name of a column without one in a table whose other columns have names, by its place.</summary>
    public static bool IsUnnamed(string name) => name.StartsWith(Unnamed, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Unnamed.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>The name of a column of a table without a header: x0, x1, ...</summary>
    public static string Numbered(int index) => "x" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fields of a header; an empty one becomes its place, and a second of the same name gets a number as in pandas: a, a.1, a.2.</summary>
    public static string[] Of(IReadOnlyList<string> header)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        Dictionary<string, int> repeats = new(StringComparer.Ordinal);
        string[] names = new string[header.Count];
        for (int i = 0; i < names.Length; i++)
        {
            string wanted = header[i].Length == 0 ? FormattableString.Invariant($"{Unnamed}{i + 1}") : VisibleText.Of(header[i]);
            names[i] = wanted;
            while (!taken.Add(names[i]))
            {
                repeats[wanted] = repeats.GetValueOrDefault(wanted) + 1;
                names[i] = FormattableString.Invariant($"{wanted}.{repeats[wanted]}");
            }
        }

        return names;
    }
}
