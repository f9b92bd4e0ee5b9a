using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Formats;

/// <summary>Reads JSON of unknown origin: every field checked for its type, every error with its place.</summary>
internal sealed class JsonFields(string file, string place, JsonElement element)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private static readonly Dictionary<string, double> NonFinite = new()
    {
        ["NaN"] = double.NaN,
        ["Infinity"] = double.PositiveInfinity,
        ["-Infinity"] = double.NegativeInfinity,
    };

    /// <summary>Writes JSON into a text, for the metadata of a file.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static void WriteTexts(Utf8JsonWriter json, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject();
        foreach ((string key, string value) in texts)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    public static void WriteDouble(Utf8JsonWriter json, double? value)
    {
        if (value is not { } number)
            json.WriteNullValue();
        else if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Parses a text and hands its root on.</summary>
    public static TResult Parse<TResult>(string file, string place, string json, Func<JsonFields, TResult> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            return Guarded(() => read(new(file, place, document.RootElement)));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for a string that is half of a surrogate pair.
            throw ModelFileException.At(file, $"{place} that is not JSON ({OneLine.Cause(error)})", "JSON as this library writes it", error);
        }

        // A constructor knows best what its arguments must be; that it refuses them is here a fault of the file.
        TResult Guarded(Func<TResult> build)
        {
            try
            {
                return build();
            }
            catch (ArgumentException error)
            {
                throw new ModelFileException(file, $"{place}: {OneLine.Reason(error)}", error);
            }
        }
    }

    public ModelFileException Error(string found, string expected) => ModelFileException.At(file, $"{place} with {found}", expected);

    public void RequireOnly(params ReadOnlySpan<string> names)
    {
        Require(JsonValueKind.Object, "an object");
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                throw Error($"the key {OneLine.Quote(property.Name)}", names.IsEmpty ? "no key" : $"only {string.Join(", ", names!)}");
        }
    }

    public JsonFields Get(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return element.TryGetProperty(name, out JsonElement value) ? new(file, $"{place}, {name}", value) : throw Error($"no {name}", "one");
    }

    /// <summary>A field that may be absent.</summary>
    public JsonFields? Find(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return element.TryGetProperty(name, out JsonElement value) ? new(file, $"{place}, {name}", value) : null;
    }

    public string Text()
    {
        Require(JsonValueKind.String, "a text");
        return element.GetString()!;
    }

    public bool Boolean() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error("something else", "true or false"),
    };

    public int Count(int minimum) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) && value >= minimum
        ? value
        : throw Error("something else", $"a whole number of at least {minimum}");

    public ulong Bits() => element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out ulong value)
        ? value
        : throw Error("something else", "a whole number of 64 bits");

    public T Number<T>()
        where T : struct, IFloatingPointIeee754<T> =>
        element.ValueKind == JsonValueKind.Number && T.TryParse(element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value)
            ? value
            : throw Error("something else", $"a number that fits into {typeof(T).Name}");

    public long LongCount() => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) && value >= 0
        ? value
        : throw Error("something else", "a whole number, 0 or more");

    /// <summary>Any number, also those that JSON does not have: "NaN", "Infinity", "-Infinity".</summary>
    public double Double() => element.ValueKind == JsonValueKind.Number ? Number<double>()
        : element.ValueKind == JsonValueKind.String && NonFinite.TryGetValue(element.GetString()!, out double value) ? value
        : throw Error("something else", "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");

    public double? OptionalDouble() => element.ValueKind == JsonValueKind.Null ? null : Double();

    public List<TItem> List<TItem>(Func<JsonFields, TItem> read)
    {
        Require(JsonValueKind.Array, "a list");
        List<TItem> items = [];
        foreach (JsonElement item in element.EnumerateArray())
            items.Add(read(new(file, FormattableString.Invariant($"{place}[{items.Count}]"), item)));
        return items;
    }

    public OrderedDictionary<string, string> Texts()
    {
        Require(JsonValueKind.Object, "an object");
        OrderedDictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
            texts.Add(property.Name, new JsonFields(file, $"{place}, {OneLine.Quote(property.Name)}", property.Value).Text());
        return texts;
    }

    private void Require(JsonValueKind kind, string expected)
    {
        if (element.ValueKind != kind)
            throw Error("something else", expected);
    }
}
