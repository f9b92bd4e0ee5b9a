using System.Text.Json;
using System.Text.Unicode;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Formats;

/// <summary>
/// Parses the JSON header of a safetensors file. Stricter than JSON: no key twice, no key that the format does not know, whole numbers only, and
/// the tensors fill the file without a gap or an overlap, so that no byte of a file is left unexplained.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";

    private readonly string file;
    private readonly long dataLength;
    private readonly Dictionary<string, TensorEntry> tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(string file, long dataLength) => (this.file, this.dataLength) = (file, dataLength);

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => tensors;

    /// <summary>The entries of <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Parses and checks a header.</summary>
    /// <param name="json">The header's bytes, with the spaces that may fill it up.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="dataLength">How many bytes follow the header.</param>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, string file, long dataLength)
    {
        if (json.IsEmpty || json[0] != '{')
            throw ModelFileException.At(file, "a header that does not begin with {", "a JSON object (is it a safetensors file?)");
        if (!Utf8.IsValid(json))
            throw ModelFileException.At(file, "a header that is not UTF-8", "JSON in UTF-8");
        SafetensorsHeader header = new(file, dataLength);
        try
        {
            header.ParseObject(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for a string that is half of a surrogate pair.
            throw ModelFileException.At(file, $"a header that is not JSON ({OneLine.Cause(error)})", "a JSON object of tensors", error);
        }

        header.CheckPlaces();
        return header;
    }

    private void ParseObject(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        bool hasMetadata = false;
        while (NextKey(ref reader, out string name))
        {
            if (name == MetadataKey)
            {
                if (hasMetadata)
                    throw Twice(name);
                hasMetadata = true;
                ParseMetadata(ref reader);
            }
            else if (!tensors.TryAdd(name, ParseTensor(ref reader, name)))
            {
                throw Twice(name);
            }
        }

        reader.Read();
    }

    private void ParseMetadata(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartObject, MetadataKey, "an object of strings");
        while (NextKey(ref reader, out string key))
        {
            Require(ref reader, JsonTokenType.String, $"{MetadataKey}, {OneLine.Quote(key)}", "a string");
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw Twice(key);
        }
    }

    private TensorEntry ParseTensor(ref Utf8JsonReader reader, string name)
    {
        Require(ref reader, JsonTokenType.StartObject, OneLine.Quote(name), "an object of dtype, shape and data_offsets");
        TensorType? type = null;
        long[]? shape = null, offsets = null;
        while (NextKey(ref reader, out string key))
        {
            string place = $"{OneLine.Quote(name)}, {OneLine.Quote(key)}";
            bool isRepeated = key switch
            {
                "dtype" => Set(ref type, ParseType(ref reader, place)),
                "shape" => Set(ref shape, ParseNumbers(ref reader, place)),
                "data_offsets" => Set(ref offsets, ParseNumbers(ref reader, place)),
                _ => throw ModelFileException.At(file, $"the key {place}", "dtype, shape and data_offsets only"),
            };
            if (isRepeated)
                throw Twice(place);
        }

        if (type is null || shape is null || offsets is null)
            throw ModelFileException.At(file, $"tensor {OneLine.Quote(name)} without {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}", "dtype, shape and data_offsets");
        return Checked(name, type.Value, shape, offsets);
    }

    private TensorType ParseType(ref Utf8JsonReader reader, string place)
    {
        Require(ref reader, JsonTokenType.String, place, "the name of an element type");
        string text = reader.GetString()!;
        return TensorTypes.TryParse(text, out TensorType type) ? type : throw ModelFileException.At(file, $"{place} {OneLine.Quote(text)}", "F32, F64, F16 or BF16 (or I64 or U64 for a counter)");
    }

    private long[] ParseNumbers(ref Utf8JsonReader reader, string place)
    {
        const string Expected = "a list of whole numbers, 0 or more";
        Require(ref reader, JsonTokenType.StartArray, place, Expected);
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw ModelFileException.At(file, $"something else in {place}", Expected);
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private TensorEntry Checked(string name, TensorType type, long[] shape, long[] offsets)
    {
        if (offsets is not [long begin, long end])
            throw ModelFileException.At(file, $"{offsets.Length} data_offsets of {OneLine.Quote(name)}", "2: where its bytes begin and end");
        if (begin > end || end > dataLength)
            throw ModelFileException.At(file, $"data_offsets {TensorEntry.ShapeText(offsets)} of {OneLine.Quote(name)}", $"offsets inside the {dataLength} bytes after the header");
        if (!TryCountBytes(type, shape, out long bytes) || bytes != end - begin)
            throw ModelFileException.At(file, $"{end - begin} bytes for {OneLine.Quote(name)}", $"those of {type} {TensorEntry.ShapeText(shape)}");
        return new(name, type, shape, begin, end);
    }

    private static bool TryCountBytes(TensorType type, long[] shape, out long bytes)
    {
        bytes = shape.Contains(0) ? 0 : type.Size();
        foreach (long size in shape)
        {
            if (size > 0 && bytes > long.MaxValue / size)
                return false;
            bytes *= size;
        }

        return true;
    }

    private void CheckPlaces()
    {
        long next = 0;
        TensorEntry? before = null;
        foreach (TensorEntry entry in tensors.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin < next)
                throw ModelFileException.At(file, $"tensors {OneLine.Quote(before!.Name)} and {OneLine.Quote(entry.Name)} in the same bytes", "each tensor in bytes of its own");
            if (entry.Begin > next)
                throw ModelFileException.At(file, $"{entry.Begin - next} bytes of no tensor before {OneLine.Quote(entry.Name)}", "tensors without gaps");
            (next, before) = (entry.End, entry);
        }

        if (next != dataLength)
            throw ModelFileException.At(file, $"{dataLength} bytes after the header", $"{next}, where the last tensor ends (was the file cut off or added to?)");
    }

    private static bool NextKey(ref Utf8JsonReader reader, out string key)
    {
        bool isKey = reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
        key = isKey ? reader.GetString()! : "";
        return isKey;
    }

    private void Require(ref Utf8JsonReader reader, JsonTokenType token, string place, string expected)
    {
        if (!reader.Read() || reader.TokenType != token)
            throw ModelFileException.At(file, $"something else under {place}", expected);
    }

    private static bool Set<TValue>(ref TValue? slot, TValue value)
        where TValue : class
    {
        bool isRepeated = slot is not null;
        slot = value;
        return isRepeated;
    }

    private static bool Set(ref TensorType? slot, TensorType value)
    {
        bool isRepeated = slot is not null;
        slot = value;
        return isRepeated;
    }

    private ModelFileException Twice(string name) => ModelFileException.At(file, $"the key {OneLine.Quote(name)} twice", "each key once");
}
