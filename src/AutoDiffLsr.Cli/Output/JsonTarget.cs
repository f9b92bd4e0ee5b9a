using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Output;

/// <summary>Where --json sends a result: nowhere, a file, or standard output. Whether the file may be written was checked with the arguments.</summary>
internal sealed class JsonTarget(string? path, Terminal terminal)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsWanted => path is not null;

    public bool IsStandardOutput => path == JsonOption.StandardOutput;

    /// <summary>Writes one JSON value, if it is wanted.</summary>
    public void Write(Action<Utf8JsonWriter> write)
    {
        if (path is null)
            return;
        string text = Render(write);
        if (IsStandardOutput)
            terminal.Output.Write(text);
        else
            TextFile.Write(path, text);
    }

    /// <summary>A JSON value as indented text that ends with a line end.</summary>
    public static string Render(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
            write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }
}
