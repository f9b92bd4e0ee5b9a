using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Onnx;

/// <summary>Names as a JSON array, in the metadata of an ONNX file.</summary>
internal static class NameList
{
    public static string Write(IReadOnlyList<string> names)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (string name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static List<string> Read(string file, string place, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(name => name.GetString() ?? throw new JsonException("null in place of a name"))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: another kind of value than an array or a string, or a string that is half of a surrogate pair.
            throw ModelFileException.At(file, $"{place} that is not an array of names ({OneLine.Cause(error)})", "JSON as this library writes it", error);
        }
    }
}
