using System.Numerics;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Models;

/// <summary>Loads labelled data as it is, not standardized: a model does that itself.</summary>
/// <param name="terminal">Provides standard input.</param>
/// <param name="messages">Receives the progress of a download.</param>
internal sealed class LabelledData(Terminal terminal, Messages messages)
{
    private const string StandardInput = "-";
    private const string Mnist = "mnist";

    /// <summary>How many of the rows the model was trained on; null where that is not known.</summary>
    public int? SeenInTraining { get; private set; }

    /// <summary>The test part of a built-in set, mnist, CIFAR or a folder; all of a table.</summary>
    /// <param name="model">Its class names are those that labels must have.</param>
    /// <param name="source">What --data names.</param>
    /// <param name="mnistFolder">Where to look for mnist, or null.</param>
    /// <param name="labelColumn">The column of a table with the labels, or null for the one that the model was trained with, else the last.</param>
    /// <param name="layout">What is known of the table's text.</param>
    /// <param name="seed">Generated data are a function of this number.</param>
    /// <param name="part">The part to take, or null for all of a table and the test part of other data.</param>
    public Dataset<T> Load<T>(Model<T> model, string source, string? mnistFolder, string? labelColumn, TableOptions layout, long seed, DataPart? part)
        where T : struct, IFloatingPointIeee754<T>
    {
        Dataset<T> data = Read(model, source, mnistFolder, labelColumn, layout, seed, part);
        if (data.Features != model.Features)
            throw new UsageException($"--data {source} has {data.Features} features, but the model takes {model.Features}");
        if (model.Targets == TargetKind.Numbers != (data.Targets.Kind == TargetKind.Numbers))
            throw new UsageException($"--data {source} has {data.Targets}, but the model predicts {(model.Targets == TargetKind.Numbers ? "numbers" : "classes")}");
        int classes = model.Targets == TargetKind.BinaryLabels ? 2 : model.Classes;
        if (data.Targets.Columns > classes)
            throw new UsageException($"--data {source} has {data.Targets.Columns} classes, but the model has {classes}");
        return data;
    }

    private Dataset<T> Read<T>(Model<T> model, string source, string? mnistFolder, string? labelColumn, TableOptions layout, long seed, DataPart? part)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (source == StandardInput)
            return OfTable(model, null, Table.Read(terminal.Input, "standard input", layout), labelColumn, part);
        bool isTable = !BuiltInData.Names.Contains(source) && source != Mnist && !DataSettings.Cifar.ContainsKey(source) && !Directory.Exists(source) && !CifarReader.IsThere(source);
        if (!isTable && part is not (null or DataPart.Test))
            throw new UsageException($"--part {part.ToString()!.ToLowerInvariant()} is for tables: of {source} the test part is taken");
        if (BuiltInData.Names.Contains(source))
            return BuiltInData.Create<T>(source, seed).Test;
        if (source == Mnist)
            return ReadMnist<T>(mnistFolder);
        if (DataSettings.Cifar.TryGetValue(source, out CifarKind kind))
            return ReadCifar<T>(kind, mnistFolder);
        if (CifarReader.IsThere(source))
            return CifarReader.Read<T>(source).Test;
        if (Directory.Exists(source))
            return IdxFolder.Read<T>(source).Test;
        return File.Exists(source) ? OfTable(model, source, TableFiles.Read(source, layout, messages, CancellationToken.None), labelColumn, part) : throw new UsageException(
            $"--data {source}{Spelling.Suggest(source, DataSettings.NamedSources)}: there is no such file or folder; give one of {string.Join(", ", DataSettings.NamedSources)}, a folder with IDX files or those of CIFAR, a table such as a CSV file or -");
    }

    private Dataset<T> ReadCifar<T>(CifarKind kind, string? folder)
        where T : struct, IFloatingPointIeee754<T>
    {
        using HttpClient client = new();
        CifarSource cifar = new(client, new CifarOptions(kind) { Folder = folder });
        return cifar.LoadAsync<T>(new DownloadMessages(messages), CancellationToken.None).GetAwaiter().GetResult().Test;
    }

    /// <summary>The rows of a table that have a target, encoded but not standardised, with labels or with numbers in their own unit.</summary>
    private Dataset<T> OfTable<T>(Model<T> model, string? file, Table table, string? labelColumn, DataPart? part)
        where T : struct, IFloatingPointIeee754<T>
    {
        IReadOnlyList<string> targets = DataSettings.Split(labelColumn, table);
        TableEncoder encoder = FeatureTables.EncoderFor(model, table.Name, [.. table.Columns.Select(column => column.Name)], table.HasHeader, targets, needsTargets: true);
        foreach (string note in table.Notes.Concat(encoder.Compare(table)))
            messages.Note(note);
        int[] rows = encoder.LabelledRows(table, targets);
        if (rows.Length == 0)
            throw new UsageException($"{table.Name}: no row has a value of the target, so there is nothing to compare with");
        if (rows.Length < table.Rows)
            messages.Note($"{table.Rows - rows.Length} rows have no value of the target {string.Join(", ", targets.Count > 0 ? targets : encoder.Schema.Targets)} and are left out");
        rows = PartOf(rows, part, file is null ? null : TrainedRows.Of(model, file, table), table.Name);
        EncodingCounts counts = new();
        T[] features = encoder.Encode<T>(table, rows, counts);
        foreach (string note in counts.Notes)
            messages.Note(note);
        return new Dataset<T>(table.Name, features, encoder.Features, TargetsOf<T>(encoder, table, rows, targets), encoder.FeatureNames);
    }

    /// <summary>The rows of a part; all of them with a word on those that the model has seen where no part is asked for.</summary>
    private int[] PartOf(int[] rows, DataPart? part, RowSplit? split, string name)
    {
        if (part is null or DataPart.All)
        {
            SeenInTraining = split is null ? null : rows.Intersect(split.Train).Count();
            if (SeenInTraining > 0)
                messages.Note($"{SeenInTraining} of these {rows.Length} rows were trained on, so the result is better than on new ones{(part is null && split!.Test.Count > 0 ? $": --part test takes the {split.Test.Count} that were held back" : "")}");
            return rows;
        }

        if (split is null)
            throw new UsageException($"--part {part.ToString()!.ToLowerInvariant()} needs the file that the model was trained on, but {name} has other content, or the model does not say: leave --part out to take all rows");
        IReadOnlyList<int> wanted = part switch { DataPart.Train => split.Train, DataPart.Validation => split.Validation, _ => split.Test };
        SeenInTraining = part == DataPart.Train ? wanted.Count : 0;
        return wanted.Count > 0 ? [.. rows.Intersect(wanted)] : throw new UsageException($"--part {part.ToString()!.ToLowerInvariant()} has no rows: the training held back none");
    }

    private static Targets<T> TargetsOf<T>(TableEncoder encoder, Table table, int[] rows, IReadOnlyList<string> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (encoder.Schema.Task == TableTask.Classification)
        {
            int[] labels = encoder.Labels(table, targets.Count > 0 ? targets[0] : null);
            return Targets<T>.Labels([.. rows.Select(row => labels[row])], encoder.ClassNames);
        }

        double[] values = encoder.Targets(table, targets);
        int columns = encoder.TargetScales.Count;
        return Targets<T>.Numbers([.. rows.SelectMany(row => values.AsSpan(row * columns, columns).ToArray()).Select(T.CreateSaturating)], [.. encoder.TargetScales.Select(scale => scale.Name)]);
    }

    private Dataset<T> ReadMnist<T>(string? folder)
        where T : struct, IFloatingPointIeee754<T>
    {
        using HttpClient client = new();
        MnistSource mnist = new(client, new MnistOptions { Folder = folder });
        return mnist.LoadAsync<T>(new DownloadMessages(messages), CancellationToken.None).GetAwaiter().GetResult().Test;
    }
}
