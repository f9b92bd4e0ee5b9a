namespace AutoDiffLsr.Files;

/// <summary>
/// Data that cannot be used: a file that is missing, damaged or of another format, or samples that do not allow what was asked of them.
/// <see cref="Exception.Message"/> is one line for the person who supplied the data: where, what was found, and what would be right.
/// </summary>
public sealed class DataException : Exception
{
    /// <summary>An error that needs no place in a file.</summary>
    /// <param name="message">One line: what is wrong, and what would be right.</param>
    /// <param name="innerException">The failure underneath, if there was one.</param>
    public DataException(string message, Exception? innerException = null)
        : base(OneLine.Clean(message), innerException)
    {
    }

    private DataException(DataPlace place, string found, string expected, Exception? innerException)
        : base(OneLine.Clean($"{place}: found {found}, expected {expected}"), innerException)
    {
        File = place.File;
        Line = place.Line;
        Column = place.Column;
        Found = found;
        Expected = expected;
    }

    /// <summary>The file, or null when the error belongs to no file.</summary>
    public string? File { get; }

    /// <summary>The line of the file, counted from 1, or null.</summary>
    public long? Line { get; }

    /// <summary>The column of the table, counted from 1, or null.</summary>
    public int? Column { get; }

    /// <summary>What the file holds there, or null.</summary>
    public string? Found { get; }

    /// <summary>What would have been right, or null.</summary>
    public string? Expected { get; }

    /// <summary>An error at a place in a file.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What the file holds there: "no header".</param>
    /// <param name="expected">What would have been right: "a header with the column names".</param>
    /// <param name="innerException">The failure underneath, if there was one.</param>
    /// <returns>The exception: "flowers.csv, line 1: found no header, expected a header with the column names".</returns>
    public static DataException At(DataPlace place, string found, string expected, Exception? innerException = null) =>
        new(place, found, expected, innerException);
}
