namespace AutoDiffLsr.Data.Tables.Roles;

/// <summary>Recognises a feature that is the target under other words: each value belongs to one class, and each class to one value.</summary>
internal static class TargetCopies
{
    private const int FewestRows = 20;
    private const int MostValues = 100;

    public static bool IsCopy(TableColumn feature, TableColumn target)
    {
        if (feature.Count < FewestRows || feature.MissingCount > 0)
            return false;
        Dictionary<string, string> classOf = new(StringComparer.Ordinal), valueOf = new(StringComparer.Ordinal);
        for (int row = 0; row < feature.Count; row++)
        {
            if (target.Text(row) is not { } label)
                continue;
            if (feature.Text(row) is not { } value || classOf.Count > MostValues)
                return false;
            if (!Agrees(classOf, value, label) || !Agrees(valueOf, label, value))
                return false;
        }

        return true;
    }

    private static bool Agrees(Dictionary<string, string> pairs, string key, string value)
    {
        if (pairs.TryGetValue(key, out string? known))
            return known == value;
        pairs.Add(key, value);
        return true;
    }
}
