using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Formats;

/// <summary>Writes safetensors files: collect tensors and metadata, then save. The same content gives the same bytes.</summary>
public sealed class SafetensorsWriter
{
    private readonly List<Item> items = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Text that goes with the tensors, in the order in which it was added.</summary>
    public OrderedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a tensor. Its numbers are not copied, but read when the file is written.</summary>
    /// <typeparam name="TElement"><see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="ulong"/>.</typeparam>
    /// <param name="name">A name that no tensor has yet.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="shape">Its sizes, the last running fastest; their product is the number of elements. None for a single number.</param>
    /// <exception cref="ArgumentException">The name is taken or reserved, or the sizes do not fit the numbers.</exception>
    public void Add<TElement>(string name, ReadOnlyMemory<TElement> values, params ReadOnlySpan<long> shape)
        where TElement : struct
    {
        ArgumentNullException.ThrowIfNull(name);
        long count = 1;
        foreach (long size in shape)
            count = checked(count * size);
        if (count != values.Length)
            throw new ArgumentException($"Tensor '{name}' has {values.Length} numbers, but the shape {TensorEntry.ShapeText(shape.ToArray())} needs {count}.", nameof(shape));
        if (name == "__metadata__" || !names.Add(name))
            throw new ArgumentException($"The name '{name}' is {(name == "__metadata__" ? "reserved" : "there already")}.", nameof(name));
        TensorType type = TensorTypes.Of<TElement>();
        items.Add(new Item(name, type, shape.ToArray(), (long)values.Length * type.Size(), stream => stream.Write(MemoryMarshal.AsBytes(values.Span))));
    }

    /// <summary>Writes the file whole or not at all: a file of this name stays as it is until the new one is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">It cannot be written: the message says why.</exception>
    public void Save(string path) => OutputFile.Write(path, Write);

    /// <summary>Writes the file to a stream.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ByteOrder.RequireLittleEndian();

        // Eight-byte numbers first, and a header filled up to a multiple of 8: every tensor is then aligned, which readers that map the file need.
        Item[] ordered = [.. items.OrderByDescending(item => item.Type.Size())];
        byte[] json = Header(ordered);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        stream.Write(length);
        stream.Write(json);
        foreach (Item item in ordered)
            item.Write(stream);
    }

    private byte[] Header(Item[] ordered)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            WriteMetadata(writer);
            long begin = 0;
            foreach (Item item in ordered)
                WriteEntry(writer, item, ref begin);
            writer.WriteEndObject();
        }

        while (json.Length % 8 != 0)
            json.WriteByte((byte)' ');
        return json.ToArray();
    }

    private void WriteMetadata(Utf8JsonWriter writer)
    {
        if (Metadata.Count == 0)
            return;
        writer.WriteStartObject("__metadata__");
        foreach ((string key, string value) in Metadata)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, Item item, ref long begin)
    {
        writer.WriteStartObject(item.Name);
        writer.WriteString("dtype", item.Type.ToString());
        writer.WriteStartArray("shape");
        foreach (long size in item.Shape)
            writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(begin += item.Bytes);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private sealed record Item(string Name, TensorType Type, long[] Shape, long Bytes, Action<Stream> Write);
}
