namespace AutoDiffLsr.Cli.Failures;

/// <summary>Guesses what a misspelt word should have been.</summary>
internal static class Spelling
{
    /// <summary>" (did you mean 'x'?)" for a name that is close to the word, or nothing.</summary>
    public static string Suggest(string word, IEnumerable<string> names)
    {
        (string? name, int distance) = names.Select(name => (name, Distance(word, name))).DefaultIfEmpty().MinBy(pair => pair.Item2);
        return name is not null && distance <= 1 + (name.Length / 4) ? $" (did you mean '{name}'?)" : "";
    }

    /// <summary>Levenshtein's distance: how many letters to insert, delete or replace.</summary>
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
