using System.Security.Cryptography;

namespace AutoDiffLsr.Files;

/// <summary>
/// Replaces a file as a whole: the new content goes to a temporary file beside it, is flushed to the disk, and is then renamed over the old one.
/// Whoever opens the name, at any moment and after any kill, finds the old file or the new one, never a part.
/// </summary>
/// <remarks>
/// No link is followed: the temporary file has a name that nobody can foresee and must be new, and a link under the file's own name is replaced, not
/// what it points to. A pipe or a device cannot be replaced; it takes the content as it comes.
/// </remarks>
public static class OutputFile
{
    private const string TemporaryEnd = ".autodiff-lsr.tmp";
    private const string Devices = "/dev/", MemoryFiles = "/dev/shm/";

    // ENOSPC and EDQUOT of Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] DiskFull = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file, in a folder that is there.</param>
    /// <param name="write">Writes the content to the stream that it is given.</param>
    /// <exception cref="ModelFileException">It cannot be written; a file that was there is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (Directory.Exists(path))
            throw new ModelFileException(path, "cannot be written: it is a folder");
        try
        {
            using FileStream? device = DeviceAt(path);
            if (device is not null)
                write(device);
            else
                Replace(path, write);
        }
        catch (Exception error) when (InputFile.IsFailure(error) || error is ArgumentException or NotSupportedException)
        {
            throw new ModelFileException(path, Reason(path, error), error);
        }
    }

    /// <summary>Whether a name is that of a temporary file, which only a killed process leaves behind.</summary>
    /// <param name="fileName">A name without its folder.</param>
    public static bool IsTemporary(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return fileName.StartsWith('.') && fileName.EndsWith(TemporaryEnd, StringComparison.Ordinal);
    }

    private static FileStream? DeviceAt(string path)
    {
        bool isBelowDevices = path.StartsWith(Devices, StringComparison.Ordinal) && !path.StartsWith(MemoryFiles, StringComparison.Ordinal);
        FileInfo file = new(path);
        if (!file.Exists || (!isBelowDevices && (file.LinkTarget is not null || file.Length > 0)))
            return null;
        FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        if (isBelowDevices || !stream.CanSeek)
            return stream;
        stream.Dispose();
        return null;
    }

    private static void Replace(string path, Action<Stream> write)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}{TemporaryEnd}");
        FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
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
