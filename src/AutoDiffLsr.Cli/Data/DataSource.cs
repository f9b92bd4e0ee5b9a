using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Data;

/// <summary>Finds and loads the data that --data names.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="seed">Generated data, splits and label noise are a function of this number.</param>
/// <param name="messages">Receives what the user should know.</param>
internal sealed class DataSource(DataSettings settings, long seed, Messages messages)
{
    private bool IsDownloaded => settings.Source == DataSettings.Mnist || DataSettings.Cifar.ContainsKey(settings.Source);

    /// <summary>Loads the data, standardizes what is no image, and makes labels wrong where that is wanted.</summary>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="UsageException">There is no such data.</exception>
    public LoadedData Load(CancellationToken cancellation)
    {
        if (IsTable)
            return ReadTable(cancellation);
        (Dataset<float> train, Dataset<float> test) = Read(cancellation);
        Standardization<float>? standardization = train.ImageSize switch
        {
            null => Standardization<float>.Fit(train),
            { Channels: > 1 } => Standardization<float>.FitChannels(train),
            _ => null,
        };
        if (standardization is not null)
            (train, test) = (standardization.Apply(train), standardization.Apply(test));
        if (settings.LabelNoise > 0)
            train = LabelNoise.Apply(train, settings.LabelNoise, seed);
        return new LoadedData(train, test, standardization);
    }

    private TrainTestSplit<float> Read(CancellationToken cancellation)
    {
        string source = settings.Source;
        bool isBuiltIn = BuiltInData.Names.Contains(source);
        NoteUnusedOptions();
        if (isBuiltIn)
            return BuiltInData.Create<float>(source, seed);
        if (source == DataSettings.Mnist)
            return ReadMnist(cancellation);
        if (DataSettings.Cifar.TryGetValue(source, out CifarKind kind))
            return ReadCifar(kind, cancellation);
        return CifarReader.IsThere(source) ? CifarReader.Read<float>(source) : IdxFolder.Read<float>(source);
    }

    private TrainTestSplit<float> ReadMnist(CancellationToken cancellation)
    {
        using HttpClient client = new();
        MnistSource mnist = new(client, new MnistOptions { Folder = settings.MnistFolder });
        return mnist.LoadAsync<float>(new DownloadMessages(messages), cancellation).GetAwaiter().GetResult();
    }

    private TrainTestSplit<float> ReadCifar(CifarKind kind, CancellationToken cancellation)
    {
        using HttpClient client = new();
        CifarSource cifar = new(client, new CifarOptions(kind) { Folder = settings.MnistFolder });
        return cifar.LoadAsync<float>(new DownloadMessages(messages), cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Whether the data are a table.</summary>
    public bool IsTable => !BuiltInData.Names.Contains(settings.Source) && !IsDownloaded && !Directory.Exists(settings.Source) && !CifarReader.IsThere(settings.Source);

    private LoadedData ReadTable(CancellationToken cancellation)
    {
        if (!File.Exists(settings.Source))
        {
            throw new UsageException(
                $"--data {settings.Source}{Spelling.Suggest(settings.Source, DataSettings.NamedSources)}: there is no such file or folder; give one of {string.Join(", ", DataSettings.NamedSources)}, a folder with IDX files or those of CIFAR, or a table such as a CSV file");
        }

        if (settings.MnistFolder is not null)
            messages.Note("--data-dir is for --data mnist and is not used");
        if (settings.TestFile is not null && settings.TestFraction is > 0)
            messages.Note("--test-fraction is not used: --test gives the test part");
        if (settings.ValidationFraction + (settings.TestFile is null ? settings.TestFraction ?? DataSettings.DefaultTestFraction : 0) >= 1)
            throw new UsageException("--validation-fraction and --test-fraction together must be below 1, so that rows to train on are left");
        Table table = TableFiles.Read(settings.Source, settings.Layout, messages, cancellation);
        Table? test = settings.TestFile is null ? null : TableFiles.Read(settings.TestFile, settings.Layout, messages, cancellation);
        PartOptions parts = new() { TestFraction = settings.TestFraction ?? DataSettings.DefaultTestFraction, ValidationFraction = settings.ValidationFraction, Test = test, Seed = seed };
        TableData<float> data = TableData<float>.Prepare(table, settings.ColumnsOf(table), parts);
        Dataset<float> train = data.Train;
        if (settings.LabelNoise > 0)
            train = train.Targets.Kind == TargetKind.Labels ? LabelNoise.Apply(train, settings.LabelNoise, seed) : throw new UsageException("--label-noise is for classes, but the task is regression");
        return new LoadedData(train, data.Test, data.Encoder.Standardization<float>()) { Validation = data.Validation, Encoder = data.Encoder, Notes = data.Notes };
    }

    private void NoteUnusedOptions()
    {
        if (settings.MnistFolder is not null && !IsDownloaded)
            messages.Note("--data-dir is for --data mnist, cifar10 and cifar100 and is not used");
        if (settings.TestFraction is not null)
            messages.Note($"--test-fraction is for tables and is not used: {settings.Source} has a test part of its own");
        if (settings.LabelColumn is not null)
            messages.Note($"--label-column is for tables and is not used: {settings.Source} has none");
        if ((settings.TestFile ?? settings.Ignore ?? settings.Keep ?? settings.Categorical ?? settings.Numeric) is not null || settings.Task is not null || settings.ValidationFraction > 0)
            messages.Note($"options of tables are not used: {settings.Source} is none");
    }
}
