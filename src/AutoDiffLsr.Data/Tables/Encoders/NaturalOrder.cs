namespace AutoDiffLsr.Data.Tables.Encoders;

/// <summary>Orders names as people do: numbers inside them by their value, so that x2 comes before x10. Different names are never equal.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            int order;
            if (char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]))
            {
                ReadOnlySpan<char> m = TakeNumber(ref a), n = TakeNumber(ref b);
                order = m.Length != n.Length ? m.Length.CompareTo(n.Length) : m.CompareTo(n, StringComparison.Ordinal);
            }
            else
            {
                order = a[0].CompareTo(b[0]);
                a = a[1..];
                b = b[1..];
            }

            if (order != 0)
                return order;
        }

        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(x, y);
    }

    /// <summary>The digits at the begin without leading zeros.</summary>
    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
            length++;
        ReadOnlySpan<char> number = text[..length].TrimStart('0');
        text = text[length..];
        return number;
    }
}
