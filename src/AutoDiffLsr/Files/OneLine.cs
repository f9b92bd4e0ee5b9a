using System.Text;

namespace AutoDiffLsr.Files;

/// <summary>Makes text of unknown origin, such as a name from a file, fit for a message of one line.</summary>
public static class OneLine
{
    private const int LongestQuote = 60;
    private const int LongestCause = 200;
    private const int LongestList = 10;

    /// <summary>The text in quotes, cut at 60 characters.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>One line.</returns>
    public static string Quote(ReadOnlySpan<char> text) =>
        text.Length <= LongestQuote ? $"\"{Clean(text)}\"" : $"\"{Clean(text[..LongestQuote])}...\"";

    /// <summary>The first ten names in quotes, and how many more there are.</summary>
    /// <returns>"a", "b" and 3 more.</returns>
    public static string List(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string listed = string.Join(", ", names.Take(LongestList).Select(name => Quote(name)));
        return names.Count <= LongestList ? listed : $"{listed} and {names.Count - LongestList} more";
    }

    /// <summary>The first line of an argument error's message, without the argument's name, which means nothing to the person who supplied the file.</summary>
    /// <param name="error">The error of a constructor or method that was given what a file holds.</param>
    /// <returns>One line.</returns>
    public static string Reason(ArgumentException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Message.Split(" (Parameter '")[0].Split('\n')[0];
    }

    /// <summary>The message of an error beneath, which may quote a file at length, cut at 200 characters.</summary>
    /// <param name="error">The error beneath.</param>
    /// <returns>One line.</returns>
    public static string Cause(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Message.Length <= LongestCause ? Clean(error.Message) : $"{Clean(error.Message.AsSpan(0, LongestCause))}...";
    }

    /// <summary>The text with every control character written as its code, so that a file's bytes cannot break the line or paint a terminal.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>One line.</returns>
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
