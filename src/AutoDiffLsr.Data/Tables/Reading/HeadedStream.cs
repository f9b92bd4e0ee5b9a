namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>A stream whose beginning has been looked at and is read again: the head, and then the rest. Closes the rest with itself.</summary>
/// <param name="head">What was read of the stream.</param>
/// <param name="rest">The stream behind it.</param>
/// <param name="atEnd">Is given the number of all bytes when the end is reached; null for nothing.</param>
internal sealed class HeadedStream(ReadOnlyMemory<byte> head, Stream rest, Action<long>? atEnd = null) : Stream
{
    private int position;
    private long total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => total;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, head.Length - position);
        if (count > 0)
        {
            head.Span.Slice(position, count).CopyTo(buffer);
            position += count;
        }
        else
        {
            count = rest.Read(buffer);
            if (count == 0 && !buffer.IsEmpty)
                atEnd?.Invoke(total);
        }

        total += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
