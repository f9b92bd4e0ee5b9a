using System.Text;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>
/// Names and categories of a file as they are kept: characters that could steer a terminal, turn a line around or break XML are written as their code, so
/// that nothing that is printed later needs to look again. A file is read the same way in training and in prediction, so names still match.
/// </summary>
internal static class VisibleText
{
    public static string Of(ReadOnlySpan<char> text)
    {
        int first = 0;
        while (first < text.Length && !IsHidden(text, first))
            first++;
        if (first == text.Length)
            return text.ToString();
        StringBuilder visible = new(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsHidden(text, i))
                visible.Append("\\u").Append(((int)text[i]).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                visible.Append(text[i]);
        }

        return visible.ToString();
    }

    private static bool IsHidden(ReadOnlySpan<char> text, int index)
    {
        char c = text[index];
        if (char.IsHighSurrogate(c))
            return index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]);
        if (char.IsLowSurrogate(c))
            return index == 0 || !char.IsHighSurrogate(text[index - 1]);
        return char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
    }
}
