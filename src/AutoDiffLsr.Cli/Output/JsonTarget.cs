using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Output;

/// <summary>Where --json sends a result: nowhere, a file, or standard output.</summary>
internal sealed class JsonTarget
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string? path;
    private readonly Terminal terminal;

    /// <summary>Refuses a file that cannot be written, before any work is done for it.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public JsonTarget(string? path, Terminal terminal)
    {
        (this.path, this.terminal) = (path, terminal);
        if (path is not null && !IsStandardOutput)
            CheckWritable(path);
    }

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
            File.WriteAllText(path, text);
    }

    /// <summary>A JSON value as indented text that ends with a line end.</summary>
    public static string Render(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
            write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void CheckWritable(string path)
    {
        try
        {
            bool existed = File.Exists(path);
            using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write))
            {
                // Opening is the check.
            }

            if (!existed)
                File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--json {path} cannot be written ({error.Message}): give a file in a folder that exists, or -", error);
        }
    }
}
