using System.Numerics;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data;
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

    /// <summary>The test part of a built-in set, mnist, CIFAR or a folder; all of a CSV file.</summary>
    /// <param name="model">Its class names are those that labels must have.</param>
    /// <param name="source">What --data names.</param>
    /// <param name="mnistFolder">Where to look for mnist, or null.</param>
    /// <param name="labelColumn">The label column of a CSV file, or null for the last.</param>
    /// <param name="seed">Generated data are a function of this number.</param>
    public Dataset<T> Load<T>(Model<T> model, string source, string? mnistFolder, string? labelColumn, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        Dataset<T> data = Read(model, source, mnistFolder, labelColumn, seed);
        if (data.Features != model.Features)
            throw new UsageException($"--data {source} has {data.Features} features, but the model takes {model.Features}");
        if (data.Classes > model.Classes)
            throw new UsageException($"--data {source} has {data.Classes} classes, but the model has {model.Classes}");
        return data;
    }

    private Dataset<T> Read<T>(Model<T> model, string source, string? mnistFolder, string? labelColumn, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        CsvOptions options = new() { LabelColumn = labelColumn };
        IReadOnlyList<string>? classes = model.Info.ClassNames.Count > 0 ? model.Info.ClassNames : null;
        if (source == StandardInput)
            return CsvDataset.Read<T>(terminal.Input, "standard input", options, classes);
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
        return File.Exists(source) ? CsvDataset.Read<T>(source, options, classes) : throw new UsageException(
            $"--data {source}{Spelling.Suggest(source, DataSettings.NamedSources)}: there is no such file or folder; give one of {string.Join(", ", DataSettings.NamedSources)}, a folder with IDX files or those of CIFAR, a CSV file or -");
    }

    private Dataset<T> ReadCifar<T>(CifarKind kind, string? folder)
        where T : struct, IFloatingPointIeee754<T>
    {
        using HttpClient client = new();
        CifarSource cifar = new(client, new CifarOptions(kind) { Folder = folder });
        return cifar.LoadAsync<T>(new DownloadMessages(messages), CancellationToken.None).GetAwaiter().GetResult().Test;
    }

    private Dataset<T> ReadMnist<T>(string? folder)
        where T : struct, IFloatingPointIeee754<T>
    {
        using HttpClient client = new();
        MnistSource mnist = new(client, new MnistOptions { Folder = folder });
        return mnist.LoadAsync<T>(new DownloadMessages(messages), CancellationToken.None).GetAwaiter().GetResult().Test;
    }
}
