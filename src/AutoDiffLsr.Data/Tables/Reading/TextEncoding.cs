using System.Text;
using System.Text.Unicode;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>Finds out the encoding of a text from its first bytes.</summary>
internal static class TextEncoding
{
    private const double MostZeros = 0.05;
    private const double ZerosOfUtf16 = 0.4;
    private const int LongestCharacter = 4;

    /// <summary>The encoding with that name.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static Encoding Named(string name)
    {
        string known = name.Equals("utf8", StringComparison.OrdinalIgnoreCase) ? "utf-8" : name.Equals("utf16", StringComparison.OrdinalIgnoreCase) ? "utf-16" : name;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);
        }
        catch (ArgumentException error)
        {
            throw new DataException($"the encoding is {OneLine.Quote(name)}, but must be a known one such as utf-8, utf-16, latin1 or windows-1252", error);
        }
    }

    /// <summary>The encoding of a text that begins like this.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="isWhole">Whether they are all.</param>
    /// <returns>The encoding, or null where the bytes are no text.</returns>
    public static Encoding? Guess(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (head is [0xFF, 0xFE, 0, 0, ..])
            return Encoding.UTF32;
        if (head is [0xFF, 0xFE, ..])
            return Encoding.Unicode;
        if (head is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode;
        if (head.StartsWith("\uFEFF"u8))
            return Encoding.UTF8;
        if (head.Count((byte)0) > MostZeros * head.Length)
            return Utf16WithoutMark(head);
        return IsUtf8(head, isWhole) ? Encoding.UTF8 : Encoding.Latin1;
    }

    /// <summary>Digits, separators and line ends have a zero as their high byte.</summary>
    private static Encoding? Utf16WithoutMark(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (int i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        double pairs = head.Length / 2;
        return odd > ZerosOfUtf16 * pairs && even < MostZeros * pairs ? Encoding.Unicode
            : even > ZerosOfUtf16 * pairs && odd < MostZeros * pairs ? Encoding.BigEndianUnicode
            : null;
    }

    /// <summary>A head that is cut off may end inside a character.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> head, bool isWhole)
    {
        for (int cut = 0; cut < (isWhole ? 1 : Math.Min(LongestCharacter, head.Length + 1)); cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
                return true;
        }

        return false;
    }
}
