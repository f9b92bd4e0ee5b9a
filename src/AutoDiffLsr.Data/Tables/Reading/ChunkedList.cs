namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>A list that grows by chunks, so that growing copies nothing and never needs twice the memory. The first chunk grows as it is filled: a table may have many columns and few rows.</summary>
internal sealed class ChunkedList<T>
{
    private const int Shift = 13;
    private const int ChunkSize = 1 << Shift;
    private const int FirstLength = 16;

    private readonly List<T[]> chunks = [];
    private T[] last = [];

    public int Count { get; private set; }

    public T this[int index] => chunks[index >> Shift][index & (ChunkSize - 1)];

    public void Add(T value)
    {
        int place = Count & (ChunkSize - 1);
        if (place == 0)
            chunks.Add(last = new T[Count == 0 ? FirstLength : ChunkSize]);
        else if (place == last.Length)
            Grow();
        last[place] = value;
        Count++;
    }

    private void Grow()
    {
        Array.Resize(ref last, Math.Min(2 * last.Length, ChunkSize));
        chunks[^1] = last;
    }
}
