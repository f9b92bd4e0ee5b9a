using System.Globalization;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data;

/// <summary>What the readers of data need of a file and of the machine, every failure reported as a <see cref="DataException"/>.</summary>
internal static class DataFile
{
    public static FileStream OpenRead(string path, string expected) =>
        InputFile.Open(path, expected, static (file, found, expected, error) => DataException.At(new(file), found, expected, error));

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
