namespace AutoDiffLsr.Files;

/// <summary>
/// Replaces a file as a whole: the new content goes to a temporary file beside it, is flushed to the disk, and is then renamed over the old one.
/// Whoever opens the name, at any moment and after any kill, finds the old file or the new one, never a part.
/// </summary>
public static class OutputFile
{
    // ENOSPC and EDQUOT of Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] DiskFull = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file, in a folder that is there.</param>
    /// <param name="write">Writes the content to the stream that it is given.</param>
    /// <exception cref="ModelFileException">It cannot be written; a file that was there is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ModelFileException(path, "cannot be written: it is a folder");
        try
        {
            // One name for all attempts: what a killed process left behind is overwritten, not collected.
            string temporary = path + ".tmp";
            FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            Replace(path, temporary, stream, write);
        }
        catch (Exception error) when (InputFile.IsFailure(error) || error is ArgumentException or NotSupportedException)
        {
            throw new ModelFileException(path, Reason(path, error), error);
        }
    }

    private static void Replace(string path, string temporary, FileStream stream, Action<Stream> write)
    {
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>The error on its way out says more than a failure to clean up would.</summary>
    private static void DeleteQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
        }
    }

    private static string Reason(string path, Exception error)
    {
        string kept = File.Exists(path) ? "; the file that was there is untouched" : "";
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } name ? name : "this folder";
        return error switch
        {
            DirectoryNotFoundException => $"cannot be written: there is no folder {folder}",
            UnauthorizedAccessException => $"cannot be written: no permission to write into {folder}{kept}",
            _ when Array.IndexOf(DiskFull, error.HResult) >= 0 => $"cannot be written: the disk is full{kept}",
            _ => $"cannot be written: {error.Message}{kept}",
        };
    }
}
