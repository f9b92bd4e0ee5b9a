namespace AutoDiffLsr.Files;

/// <summary>Names in a message.</summary>
internal static class Listing
{
    private const int Longest = 10;

    /// <summary>The first ten names in quotes, and how many more there are.</summary>
    public static string Of(IReadOnlyList<string> names)
    {
        string listed = string.Join(", ", names.Take(Longest).Select(name => OneLine.Quote(name)));
        return names.Count <= Longest ? listed : $"{listed} and {names.Count - Longest} more";
    }
}
