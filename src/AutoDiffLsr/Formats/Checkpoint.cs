using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Formats;

/// <summary>
/// A training on the disk: everything of a <see cref="TrainingState{T}"/> in one safetensors file, so that a training killed at any moment goes on
/// from the last checkpoint to the same bits.
/// </summary>
/// <remarks>
/// The description of the training says what must be the same for going on to make sense: architecture, seed, data, loss, optimizer. It is saved with
/// the state and compared on loading.
/// </remarks>
public static class Checkpoint
{
    private const string VersionKey = "autodifflsr_checkpoint";
    private const string Version = "1";

    /// <summary>Saves a state. The checkpoint that was there stays until the new one is whole and on the disk.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="state">What <see cref="Trainer{T}.Capture"/> gave.</param>
    /// <param name="description">What training this is: such as "seed" to "7".</param>
    /// <exception cref="ModelFileException">The file cannot be written; the message says why.</exception>
    public static void Save<T>(string path, TrainingState<T> state, IReadOnlyDictionary<string, string> description)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(description);
        SafetensorsWriter writer = new();
        writer.Metadata[VersionKey] = Version;
        writer.Metadata["description"] = JsonFields.Write(json => JsonFields.WriteTexts(json, description));
        writer.Metadata["progress"] = JsonFields.Write(json => CheckpointProgress.Write(json, state));

        // A matrix's memory is column by column: row by row, that is columns x rows.
        foreach (NamedTensor<T> tensor in state.Tensors)
            writer.Add<T>(tensor.Name, tensor.Value.Data(), tensor.Value.ColumnCount, tensor.Value.RowCount);
        foreach ((string name, ulong value) in state.Counters)
            writer.Add<ulong>(name, new[] { value });
        writer.Save(path);
    }

    /// <summary>Loads a state.</summary>
    /// <typeparam name="T">The type that the training had.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="description">What training this is: the one that the file was saved with.</param>
    /// <returns>The state, for <see cref="Trainer{T}.Restore"/>.</returns>
    /// <exception cref="ModelFileException">The file is missing, damaged, no checkpoint, or of another training: the message names the difference.</exception>
    public static TrainingState<T> Load<T>(string path, IReadOnlyDictionary<string, string> description)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(description);
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        return Load<T>(reader, description);
    }

    /// <summary>Loads a state into a trainer, which goes on there.</summary>
    /// <typeparam name="T">The type that the training had.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="trainer">A new trainer of the same model, optimizer and settings.</param>
    /// <param name="description">What training this is: the one that the file was saved with.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, no checkpoint, or of another training; nothing has changed then.</exception>
    public static void Resume<T>(string path, Trainer<T> trainer, IReadOnlyDictionary<string, string> description)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(description);
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        Resume(reader, trainer, description);
    }

    internal static void Resume<T>(SafetensorsReader reader, Trainer<T> trainer, IReadOnlyDictionary<string, string> description)
        where T : struct, IFloatingPointIeee754<T>
    {
        TrainingState<T> state = Load<T>(reader, description);
        try
        {
            trainer.Restore(state);
        }
        catch (ArgumentException error)
        {
            throw new ModelFileException(reader.Name, $"is a checkpoint of another training: {OneLine.Reason(error)}", error);
        }
    }

    internal static TrainingState<T> Load<T>(SafetensorsReader reader, IReadOnlyDictionary<string, string> description)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (reader.Metadata.GetValueOrDefault(VersionKey) is not Version)
            throw ModelFileException.At(reader.Name, $"no {VersionKey} {Version} in its metadata", "a checkpoint of this library");
        Compare(reader, description);
        TrainingState<T> progress = JsonFields.Parse(reader.Name, "progress", Text(reader, "progress"), CheckpointProgress.Read<T>);
        TensorEntry[] counters = [.. reader.Tensors.Where(entry => entry.Type == TensorType.U64)];
        return progress with
        {
            Tensors = [.. reader.Tensors.Except(counters).Select(entry => ReadTensor<T>(reader, entry))],
            Counters = counters.ToDictionary(entry => entry.Name, entry => ReadCounter(reader, entry)),
        };
    }

    /// <summary>Names the first difference between the training that was saved and this one.</summary>
    private static void Compare(SafetensorsReader reader, IReadOnlyDictionary<string, string> here)
    {
        OrderedDictionary<string, string> saved = JsonFields.Parse(reader.Name, "description", Text(reader, "description"), json => json.Texts());
        foreach (string key in here.Keys.Union(saved.Keys))
        {
            string? savedValue = saved.GetValueOrDefault(key), value = here.GetValueOrDefault(key);
            if (savedValue == value)
                continue;
            throw new ModelFileException(
                reader.Name,
                $"is a checkpoint of another training: {OneLine.Clean(key)} is {Quoted(savedValue)} there and {Quoted(value)} here; use the same settings, or begin anew with another output folder");
        }

        static string Quoted(string? value) => value is null ? "not given" : OneLine.Quote(value);
    }

    private static string Text(SafetensorsReader reader, string key) =>
        reader.Metadata.GetValueOrDefault(key) ?? throw ModelFileException.At(reader.Name, $"no {key} in its metadata", "a whole checkpoint");

    private static NamedTensor<T> ReadTensor<T>(SafetensorsReader reader, TensorEntry entry)
        where T : struct, IFloatingPointIeee754<T>
    {
        // Not even an exact change of type is taken: going on in double is another training.
        if (entry.Type != TensorTypes.Of<T>())
            throw ModelFileException.At(reader.Name, $"tensor {OneLine.Quote(entry.Name)} of type {entry.Type}", $"{TensorTypes.Of<T>()}, as this training has");
        if (entry.Shape is not [> 0 and <= int.MaxValue and long columns, > 0 and <= int.MaxValue and long rows] || entry.Count > Array.MaxLength)
            throw ModelFileException.At(reader.Name, $"tensor {OneLine.Quote(entry.Name)} of shape {TensorEntry.ShapeText(entry.Shape)}", "two sizes of at least 1");
        T[] values = GC.AllocateUninitializedArray<T>((int)entry.Count);
        reader.Read<T>(entry, values);
        return new(entry.Name, Matrix<T>.Build.Dense((int)rows, (int)columns, values));
    }

    private static ulong ReadCounter(SafetensorsReader reader, TensorEntry entry)
    {
        if (entry.Shape.Count > 0)
            throw ModelFileException.At(reader.Name, $"counter {OneLine.Quote(entry.Name)} of shape {TensorEntry.ShapeText(entry.Shape)}", "a single number");
        ulong value = 0;
        reader.Read(entry, new Span<ulong>(ref value));
        return value;
    }
}
