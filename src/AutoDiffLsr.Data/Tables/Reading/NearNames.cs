using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>The names that a person may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;

    /// <summary>": did you mean "a" or "b"?", or the names that there are.</summary>
    public static string Of(string word, IReadOnlyList<string> names)
    {
        string[] near = [.. names.Where(name => IsNear(word, name)).OrderBy(name => Distance(word, name)).Take(Most)];
        return near.Length > 0 ? $": did you mean {string.Join(" or ", near.Select(name => OneLine.Quote(name)))}?" : $"; the columns are {OneLine.List(names)}";
    }

    private static bool IsNear(string word, string name) =>
        Distance(word, name) <= 1 + (name.Length / 4) || (word.Length > 2 && name.Contains(word, StringComparison.OrdinalIgnoreCase)) || (name.Length > 2 && word.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Levenshtein's distance, blind to upper and lower case.</summary>
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)], current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                bool same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
