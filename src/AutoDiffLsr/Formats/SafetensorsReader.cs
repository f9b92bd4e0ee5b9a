using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Formats;

/// <summary>
/// Reads safetensors files (huggingface.co/docs/safetensors: the length of a JSON header in 8 bytes, the header, the tensors' bytes). Opening
/// reads and checks the header; a tensor's numbers are read straight to where they are wanted, so reading takes no memory of its own.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    // The limit of the reference implementation.
    private const long LongestHeader = 100_000_000;
    private const int BlockBytes = 1 << 16;

    private readonly Stream stream;
    private readonly SafetensorsHeader header;
    private readonly long dataStart;

    /// <summary>Reads the header of a stream that holds one file, from its current position to its end.</summary>
    /// <param name="stream">A stream that can seek; it is closed with this reader.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelFileException">The stream holds no whole and valid safetensors file.</exception>
    public SafetensorsReader(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
            throw ModelFileException.At(name, "a pipe or device", "a safetensors file");
        (this.stream, Name) = (stream, name);
        byte[] json = Guarded(ReadHeader);
        dataStart = stream.Position;
        header = SafetensorsHeader.Parse(json, name, stream.Length - dataStart);
        Tensors = [.. header.Tensors.Values.OrderBy(entry => entry.Begin)];
    }

    /// <summary>What messages call the file.</summary>
    public string Name { get; }

    /// <summary>All tensors, in the order of their bytes.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    /// <summary>The text under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is missing, or no whole and valid safetensors file.</exception>
    public static SafetensorsReader Open(string path)
    {
        FileStream stream = InputFile.Open(path, "a safetensors file", ModelFileException.At);
        try
        {
            return new(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>A tensor by its name, or null.</summary>
    /// <returns>The tensor's entry.</returns>
    public TensorEntry? Find(string name) => header.Tensors.GetValueOrDefault(name);

    /// <summary>Reads a tensor's numbers.</summary>
    /// <typeparam name="TElement">The type that the file has; or a wider floating-point type, which is exact: <see cref="float"/> or <see cref="double"/> for F16 and BF16, <see cref="double"/> for F32.</typeparam>
    /// <param name="entry">A tensor of this file.</param>
    /// <param name="values">Where they go: as many as the tensor has.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> has another length.</exception>
    /// <exception cref="ModelFileException">The tensor is of another type, or cannot be read.</exception>
    public void Read<TElement>(TensorEntry entry, Span<TElement> values)
        where TElement : struct
    {
        ArgumentNullException.ThrowIfNull(entry);
        RequireType<TElement>(entry);
        if (values.Length != entry.Count)
            throw new ArgumentException($"values has {values.Length} elements, but {entry} has {entry.Count}.", nameof(values));
        stream.Position = dataStart + entry.Begin;
        if (entry.Type == TensorTypes.Of<TElement>())
            Fill(MemoryMarshal.AsBytes(values));
        else if (typeof(TElement) == typeof(float))
            ReadWidened(entry.Type, MemoryMarshal.Cast<TElement, float>(values));
        else
            ReadWidened(entry.Type, MemoryMarshal.Cast<TElement, double>(values));
    }

    /// <summary>Requires that all numbers of a tensor are finite; whole numbers always are. Takes 64 KB whatever its size.</summary>
    /// <param name="entry">A tensor of this file.</param>
    /// <exception cref="ModelFileException">One is not finite: the message says which.</exception>
    public void RequireFinite(TensorEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Type == TensorType.F64)
            RequireFinite<double>(entry);
        else if (entry.Type is TensorType.F32 or TensorType.F16 or TensorType.BF16)
            RequireFinite<float>(entry);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>Requires that a tensor can be read as numbers of this type without loss.</summary>
    internal void RequireType<TElement>(TensorEntry entry)
        where TElement : struct
    {
        TensorType wanted = TensorTypes.Of<TElement>();
        if (entry.Type != wanted && !TensorTypes.Widens(entry.Type, wanted))
            throw ModelFileException.At(Name, $"tensor {OneLine.Quote(entry.Name)} of type {entry.Type}", $"{wanted} for {typeof(TElement).Name}");
    }

    private byte[] ReadHeader()
    {
        Span<byte> start = stackalloc byte[8];
        long available = stream.Length - stream.Position;
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < start.Length)
            throw ModelFileException.At(Name, read == 0 ? "an empty file" : $"{read} bytes", "a safetensors file");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > LongestHeader || (long)length > available - start.Length)
            throw ModelFileException.At(Name, $"a header of {length} bytes in a file of {available}", $"one inside the file of at most {LongestHeader} bytes (is it a safetensors file?)");
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return json;
    }

    /// <summary>Reads numbers of a narrower type, block by block.</summary>
    private void ReadWidened<TElement>(TensorType type, Span<TElement> values)
        where TElement : struct, IFloatingPointIeee754<TElement>
    {
        int size = type.Size();
        Span<byte> block = new byte[Math.Min((long)values.Length * size, BlockBytes)];
        for (int done = 0; done < values.Length; done += block.Length / size)
        {
            int count = Math.Min(block.Length / size, values.Length - done);
            Span<byte> part = block[..(count * size)];
            Fill(part);
            Widen(type, part, values.Slice(done, count));
        }
    }

    private static void Widen<TElement>(TensorType type, ReadOnlySpan<byte> bytes, Span<TElement> values)
        where TElement : struct, IFloatingPointIeee754<TElement>
    {
        switch (type)
        {
            case TensorType.F32:
                TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, float>(bytes), values);
                break;
            case TensorType.F16:
                TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            default:
                // A BF16 is the upper half of a float.
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < upper.Length; i++)
                    values[i] = TElement.CreateChecked(BitConverter.UInt32BitsToSingle((uint)upper[i] << 16));
                break;
        }
    }

    private void RequireFinite<TElement>(TensorEntry entry)
        where TElement : struct, IFloatingPointIeee754<TElement>
    {
        stream.Position = dataStart + entry.Begin;
        Span<TElement> block = new TElement[Math.Min(entry.Count, BlockBytes / sizeof(float))];
        for (long done = 0; done < entry.Count; done += block.Length)
        {
            Span<TElement> part = block[..(int)Math.Min(block.Length, entry.Count - done)];
            if (entry.Type == TensorTypes.Of<TElement>())
                Fill(MemoryMarshal.AsBytes(part));
            else
                ReadWidened(entry.Type, part);
            for (int i = 0; i < part.Length; i++)
            {
                if (!TElement.IsFinite(part[i]))
                    throw ModelFileException.At(Name, FormattableString.Invariant($"{part[i]} in tensor {OneLine.Quote(entry.Name)}, element {done + i}"), "finite numbers");
            }
        }
    }

    private void Fill(Span<byte> bytes)
    {
        ByteOrder.RequireLittleEndian();
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
            throw ModelFileException.Unreadable(Name, error);
        }
    }

    private byte[] Guarded(Func<byte[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
            throw ModelFileException.Unreadable(Name, error);
        }
    }
}
