using System.Text;
using System.Text.Json;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Files;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Losses;

/// <summary>A learned loss as a file of JSON: <c>{"format": "autodiff-lsr.loss", "version": 1, "task": "regression", "formula": "..."}</c>.</summary>
/// <param name="IsClassification">Whether it is of classes; else it is of numbers.</param>
/// <param name="Origin">Where it comes from, for people: any names and texts.</param>
public sealed record LearnedLossFile(LearnedLoss Loss, bool IsClassification, IReadOnlyDictionary<string, string> Origin)
{
    /// <summary>The version that is written, and the newest that is read.</summary>
    public const int Version = 1;

    private const string Format = "autodiff-lsr.loss", Classification = "classification", Regression = "regression", Net = "net", Taylor = "taylor";

    /// <summary>Larger files are refused before they are read.</summary>
    private const long MostBytes = 10_000_000;

    /// <summary>What the loss is for: "classification" or "regression".</summary>
    public string Task => IsClassification ? Classification : Regression;

    /// <summary>Whether a text is the name of such a file and not of a loss: it ends with .json.</summary>
    /// <returns>Whether it is.</returns>
    public static bool IsFileName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a loss.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file cannot be read, is of a newer version, or holds no loss.</exception>
    public static LearnedLossFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length > MostBytes)
                throw Fault(path, $"{file.Length} bytes; the file of a loss has at most {MostBytes}");
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(File.Exists(path) || Directory.Exists(path) ? $"{path} cannot be read: {error.Message}" : $"{path}: there is no such file", error);
        }
    }

    /// <summary>Reads a loss from the content of a file.</summary>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataException">It is of a newer version, or holds no loss.</exception>
    public static LearnedLossFile Parse(string name, ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return Read(name, document.RootElement);
        }
        catch (JsonException error)
        {
            throw Fault(name, $"no JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}); a learned loss is a file that the search writes", error);
        }
    }

    /// <summary>The loss as a text that <see cref="Parse"/> reads.</summary>
    public string ToText()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
            Write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes a loss.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("task", Task);
        WriteLoss(writer);
        writer.WriteStartObject("origin");
        foreach ((string name, string value) in Origin)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteLoss(Utf8JsonWriter writer)
    {
        if (Loss is SymbolicLoss symbolic)
        {
            writer.WriteString("formula", symbolic.Formula);
            return;
        }

        writer.WriteStartArray(Loss is TaylorLoss ? Taylor : Net);
        foreach (double number in Loss is TaylorLoss taylor ? taylor.Coefficients : Loss.Weights.SelectMany(weight => weight.ToColumnMajorArray()))
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static LearnedLossFile Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || TextOf(root, "format") != Format)
            throw Fault(path, $"no learned loss: found no \"format\": \"{Format}\"");
        if (!root.TryGetProperty("version", out JsonElement version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number < 1)
            throw Fault(path, "a \"version\" that is no whole number of 1 or more");
        if (number > Version)
            throw Fault(path, $"version {number} of the format, but this version of the program reads up to {Version}: use a newer one");
        string? task = TextOf(root, "task");
        if (task is not (Classification or Regression))
            throw Fault(path, $"\"task\" is '{task}', but must be {Classification} or {Regression}");
        Dictionary<string, string> origin = root.TryGetProperty("origin", out JsonElement given) && given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Value.ToString())
            : [];
        try
        {
            return new LearnedLossFile(LossOf(path, root), task == Classification, origin);
        }
        catch (Exception error) when (error is ExpressionFormatException or ArgumentException)
        {
            throw Fault(path, error.Message, error);
        }
    }

    private static LearnedLoss LossOf(string path, JsonElement root)
    {
        if (TextOf(root, "formula") is { } formula)
            return new SymbolicLoss(Expression.Parse(formula));
        if (root.TryGetProperty(Taylor, out JsonElement coefficients))
            return new TaylorLoss(Numbers(path, coefficients, TaylorLoss.Count));
        if (root.TryGetProperty(Net, out JsonElement weights))
            return NetOf(Numbers(path, weights, (2 * NetLoss.Hidden) + (NetLoss.Hidden * NetLoss.Hidden) + NetLoss.Hidden));
        throw Fault(path, $"neither \"formula\" nor \"{Taylor}\" nor \"{Net}\"");
    }

    private static NetLoss NetOf(double[] numbers)
    {
        const int Units = NetLoss.Hidden, First = 2 * Units, Second = First + (Units * Units);
        return new(
        [
            Matrix<double>.Build.Dense(2, Units, numbers[..First]),
            Matrix<double>.Build.Dense(Units, Units, numbers[First..Second]),
            Matrix<double>.Build.Dense(Units, 1, numbers[Second..]),
        ]);
    }

    private static double[] Numbers(string path, JsonElement list, int count)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != count || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number))
            throw Fault(path, $"no list of {count} numbers where one was expected");
        return [.. list.EnumerateArray().Select(item => item.GetDouble())];
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DataException Fault(string path, string problem, Exception? inner = null) => new($"{path}: {problem}", inner);
}
