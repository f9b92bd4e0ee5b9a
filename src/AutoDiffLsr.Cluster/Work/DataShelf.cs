using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cluster.Work;

/// <summary>Data that was sent to a worker, by hash. Only the last few are kept.</summary>
internal sealed class DataShelf
{
    public const int Most = 4;

    private readonly Lock gate = new();
    private readonly LinkedList<CellData> kept = [];
    private readonly Dictionary<string, (string Hash, byte[] Content)> arriving = [];

    /// <summary>Data, or null.</summary>
    public CellData? Find(string hash)
    {
        lock (gate)
        {
            CellData? found = kept.FirstOrDefault(data => data.Hash == hash);
            if (found is not null)
            {
                kept.Remove(found);
                kept.AddFirst(found);
            }

            return found;
        }
    }

    /// <summary>Takes a part of data; a caller sends one data set at a time, part after part.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Put(string caller, string hash, long length, long offset, ReadOnlySpan<byte> part)
    {
        lock (gate)
        {
            if (length < 0 || length > Array.MaxLength || offset < 0 || offset + part.Length > length)
                return $"a part of {part.Length} bytes at {offset} does not fit into {length} bytes";
            if (offset == 0)
                arriving[caller] = (hash, new byte[length]);
            if (!arriving.TryGetValue(caller, out (string Hash, byte[] Content) begun) || begun.Hash != hash || begun.Content.Length != length)
                return "a part came without the parts before it";
            part.CopyTo(begun.Content.AsSpan((int)offset));
            if (offset + part.Length < length)
                return null;
            arriving.Remove(caller);
            CellData data = new(begun.Content);
            if (data.Hash != hash)
                return $"the data that arrived has the hash {data.Hash}, but was announced as {hash}";
            Keep(data);
            return null;
        }
    }

    /// <summary>Forgets what a caller began to send.</summary>
    public void Forget(string caller)
    {
        lock (gate)
            arriving.Remove(caller);
    }

    private void Keep(CellData data)
    {
        if (kept.All(other => other.Hash != data.Hash))
            kept.AddFirst(data);
        while (kept.Count > Most)
            kept.RemoveLast();
    }
}
