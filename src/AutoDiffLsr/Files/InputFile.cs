namespace AutoDiffLsr.Files;

/// <summary>Opening files, with every way to fail told as a <see cref="ModelFileException"/>.</summary>
internal static class InputFile
{
    public static FileStream Open(string path, string expected)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            throw ModelFileException.At(path, "a folder", expected);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ModelFileException.At(path, "no such file", expected, error);
        }
        catch (Exception error) when (DataFile.IsFailure(error) || error is ArgumentException or NotSupportedException)
        {
            throw ModelFileException.At(path, $"a file that cannot be read ({error.Message})", expected, error);
        }
    }

    public static ModelFileException ReadError(string name, Exception error) =>
        new(name, $"cannot be read: {error.Message}", error);
}
