using System.Text;
using System.Text.Json;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Experiments.Cells;

/// <summary>
/// Results by the names of what they are results of, one line of JSON each, in a file that only grows. A search is a function of its settings and of these
/// results, so one that was killed repeats its path through them in no time and goes on where it stopped, to the same bits.
/// </summary>
public sealed class CellStore : IDisposable
{
    private readonly Dictionary<string, string> results = [];
    private readonly SortedSet<string> processors = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly FileStream? file;

    /// <summary>A store in memory only.</summary>
    public CellStore()
    {
    }

    private CellStore(FileStream file) => this.file = file;

    /// <summary>How many results there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return results.Count;
        }
    }

    /// <summary>The kinds of processors that the results come from, in alphabetical order: of two, the last bits may differ. Results of older versions do not say theirs.</summary>
    public IReadOnlyList<string> Processors
    {
        get
        {
            lock (gate)
                return [.. processors];
        }
    }

    /// <summary>Opens the store in a file, which is made if it is not there. A last line that a kill cut off is removed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The store.</returns>
    /// <exception cref="DataException">The file cannot be opened, or a line in it is not one of a store.</exception>
    public static CellStore Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} cannot be opened for writing: {error.Message}", error);
        }

        CellStore store = new(file);
        try
        {
            store.ReadAll(path);
        }
        catch
        {
            store.Dispose();
            throw;
        }

        return store;
    }

    /// <summary>A result, as JSON, or null.</summary>
    /// <param name="name">Of what.</param>
    public string? Find(string name)
    {
        lock (gate)
            return results.GetValueOrDefault(name);
    }

    /// <summary>Keeps a result. After a kill at any moment it is there as a whole or not at all.</summary>
    /// <param name="name">Of what.</param>
    /// <param name="json">The result.</param>
    /// <param name="processor">Where it was computed: <see cref="Processor.Kind"/> there.</param>
    public void Keep(string name, string json, string processor)
    {
        byte[] line = Encoding.UTF8.GetBytes($"{{\"cell\":{Quoted(name)},\"on\":{Quoted(processor)},\"result\":{json}}}\n");
        lock (gate)
        {
            if (!results.TryAdd(name, json))
                return;
            processors.Add(processor);
            if (file is null)
                return;
            file.Write(line);
            file.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void ReadAll(string path)
    {
        byte[] content = new byte[file!.Length];
        file.ReadExactly(content);
        int start = 0, number = 0;
        for (int end; (end = Array.IndexOf(content, (byte)'\n', start)) >= 0; start = end + 1)
        {
            number++;
            try
            {
                using JsonDocument line = JsonDocument.Parse(content.AsMemory(start, end - start));
                results[line.RootElement.GetProperty("cell").GetString()!] = line.RootElement.GetProperty("result").GetRawText();
                if (line.RootElement.TryGetProperty("on", out JsonElement processor) && processor.GetString() is { } kind)
                    processors.Add(kind);
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
            {
                throw new DataException($"{path}, line {number}: found no result of a search; remove this line and what it says is computed again", error);
            }
        }

        file.SetLength(start);
        file.Position = start;
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
