using System.Text;

namespace AutoDiffLsr.Files;

/// <summary>Text of unknown origin made fit for a one-line message.</summary>
internal static class OneLine
{
    private const int LongestQuote = 60;
    private const int LongestCause = 200;

    /// <summary>The text in quotes, cut at 60 characters.</summary>
    public static string Quote(ReadOnlySpan<char> text) =>
        text.Length <= LongestQuote ? $"\"{Clean(text)}\"" : $"\"{Clean(text[..LongestQuote])}...\"";

    /// <summary>The message of an argument's error without the argument's name, which means nothing to who gave a file.</summary>
    public static string Reason(ArgumentException error) => error.Message.Split(" (Parameter '")[0].Split('\n')[0];

    /// <summary>The message of an error underneath, which may quote a file at length, cut at 200 characters.</summary>
    public static string Cause(Exception error) => error.Message.Length <= LongestCause ? Clean(error.Message) : $"{Clean(error.Message.AsSpan(0, LongestCause))}...";

    /// <summary>The text with every control character written as its code, so that a file's bytes cannot break or paint a terminal.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (char.IsControl(letter) || letter is '\u2028' or '\u2029')
                clean.Append("\\u").Append(((int)letter).ToString("x4"));
            else
                clean.Append(letter);
        }

        return clean.ToString();
    }
}
