using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data;
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
        return new LoadedData(new TrainTestSplit<float>(train, test), standardization);
    }

    private TrainTestSplit<float> Read(CancellationToken cancellation)
    {
        string source = settings.Source;
        bool isBuiltIn = BuiltInData.Names.Contains(source), isCifar = !isBuiltIn && !IsDownloaded && CifarReader.IsThere(source), isFolder = !isBuiltIn && !IsDownloaded && Directory.Exists(source);
        NoteUnusedOptions(isCsv: !isBuiltIn && !isCifar && !isFolder && !IsDownloaded);
        if (isBuiltIn)
            return BuiltInData.Create<float>(source, seed);
        if (source == DataSettings.Mnist)
            return ReadMnist(cancellation);
        if (DataSettings.Cifar.TryGetValue(source, out CifarKind kind))
            return ReadCifar(kind, cancellation);
        if (isCifar)
            return CifarReader.Read<float>(source);
        return isFolder ? IdxFolder.Read<float>(source) : ReadCsv(source);
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

    private TrainTestSplit<float> ReadCsv(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(
                $"--data {path}{Spelling.Suggest(path, DataSettings.NamedSources)}: there is no such file or folder; give one of {string.Join(", ", DataSettings.NamedSources)}, a folder with IDX files or those of CIFAR, or a CSV file");
        }

        Dataset<float> table = CsvDataset.Read<float>(path, new CsvOptions { LabelColumn = settings.LabelColumn });
        return StratifiedSplit.Create(table, settings.TestFraction ?? DataSettings.DefaultTestFraction, seed);
    }

    private void NoteUnusedOptions(bool isCsv)
    {
        if (settings.MnistFolder is not null && !IsDownloaded)
            messages.Note("--data-dir is for --data mnist, cifar10 and cifar100 and is not used");
        if (settings.TestFraction is not null && !isCsv)
            messages.Note($"--test-fraction is for CSV files and is not used: {settings.Source} has a test part of its own");
        if (settings.LabelColumn is not null && !isCsv)
            messages.Note($"--label-column is for CSV files and is not used: {settings.Source} has none");
    }
}
