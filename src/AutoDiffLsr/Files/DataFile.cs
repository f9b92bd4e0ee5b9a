using System.Globalization;
using System.Security;

namespace AutoDiffLsr.Files;

/// <summary>Opening files, with every way to fail told as a <see cref="DataException"/>.</summary>
internal static class DataFile
{
    public static FileStream OpenRead(string path, string expected)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            throw DataException.At(new(path), "a folder", expected);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataException.At(new(path), "no such file", expected, error);
        }
        catch (Exception error) when (IsFailure(error) || error is ArgumentException or NotSupportedException)
        {
            throw DataException.At(new(path), $"a file that cannot be read ({error.Message})", expected, error);
        }
    }

    /// <summary>Whether the error is the file's or the system's and not a fault of ours.</summary>
    public static bool IsFailure(Exception error) => error is IOException or UnauthorizedAccessException or SecurityException;

    /// <summary>Refuses what would not fit into memory, while an allocation that fails later might end the process.</summary>
    public static void RequireMemory(string file, long bytes)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes <= available)
            return;
        throw new DataException(string.Create(
            CultureInfo.InvariantCulture, $"{file}: needs {bytes / 1e9:F1} GB of memory, but this process has {available / 1e9:F1} GB: use fewer samples"));
    }
}
