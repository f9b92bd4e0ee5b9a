using System.Security;

namespace AutoDiffLsr.Files;

/// <summary>Opens files for reading. Every reader of the library opens its file here.</summary>
public static class InputFile
{
    /// <summary>Opens a file, unbuffered and for reading from its start to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What the file should be, for the message: "a CSV file".</param>
    /// <param name="fault">Makes the exception to throw, from the file, what was found, what was expected, and the error beneath: <see cref="ModelFileException.At"/>.</param>
    /// <exception cref="Exception">What <paramref name="fault"/> makes: the path is a folder, is no file, or cannot be read.</exception>
    public static FileStream Open(string path, string expected, Func<string, string, string, Exception?, Exception> fault)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(fault);
        if (Directory.Exists(path))
            throw fault(path, "a folder", expected, null);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw fault(path, "no such file", expected, error);
        }
        catch (Exception error) when (IsFailure(error) || error is ArgumentException or NotSupportedException)
        {
            throw fault(path, $"a file that cannot be read ({error.Message})", expected, error);
        }
    }

    /// <summary>Whether an error is the file's or the system's, to be reported, and not a mistake in the program.</summary>
    /// <returns>True for errors of input and output and of permissions.</returns>
    public static bool IsFailure(Exception error) => error is IOException or UnauthorizedAccessException or SecurityException;
}
