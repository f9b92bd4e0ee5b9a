using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>CIFAR-10 or CIFAR-100 from a folder of the user's, from the cache, or from its site.</summary>
public sealed class CifarSource
{
    private readonly HttpClient client;
    private readonly CifarOptions options;
    private readonly CifarLayout layout;

    /// <summary>A source; nothing is read or downloaded yet.</summary>
    /// <param name="client">Downloads, if that is needed; it stays open.</param>
    /// <param name="options">Which of the two, where to look, and where from to download.</param>
    public CifarSource(HttpClient client, CifarOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        (this.client, this.options, layout) = (client, options, CifarLayout.Of(options.Kind));
    }

    /// <summary>The first folder that has the data, or null: then it would be downloaded.</summary>
    /// <returns>The folder.</returns>
    public string? Locate() => Candidates().FirstOrDefault(folder => CifarReader.IsThere(folder, this.options.Kind));

    /// <summary>Reads the data, downloading it first if no folder has it. An interrupted download goes on where it ended.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="progress">Receives the download's progress.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <returns>The training and the test part.</returns>
    /// <exception cref="DataException">A file is missing or wrong, or nothing could be downloaded: the message says what to do.</exception>
    public async Task<TrainTestSplit<T>> LoadAsync<T>(IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
        where T : struct, IFloatingPointIeee754<T>
    {
        string? folder = Locate() ?? this.options.Folder;
        if (folder is null)
            await DownloadAsync(progress, cancellation).ConfigureAwait(false);
        return CifarReader.Read<T>(folder ?? this.options.CacheFolder);
    }

    private IEnumerable<string> Candidates()
    {
        if (this.options.Folder is { } folder)
            return WithSubfolder(folder);
        IEnumerable<string> environment = string.IsNullOrEmpty(this.options.EnvironmentFolder) ? [] : WithSubfolder(this.options.EnvironmentFolder);
        return environment.Append(this.options.CacheFolder);
    }

    private static IEnumerable<string> WithSubfolder(string folder) => [folder, Path.Combine(folder, "cifar")];

    private async Task DownloadAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            MirrorDownload download = new(layout.Name, this.client, this.options.CacheFolder, this.options.Mirrors, this.options.Patience, progress);
            await download.RunAsync([new MirrorFile(layout.Archive, this.options.Length, this.options.Sha256, IsHashedUnpacked: false)], cancellation).ConfigureAwait(false);
        }
        catch (DownloadFailure failure)
        {
            throw new DataException(
                $"{layout.Name} is not on this machine (looked in {string.Join(", ", Candidates())}) and cannot be downloaded: {failure.Message}. " +
                $"Put {layout.Archive} into {this.options.CacheFolder}, or name its folder in {MnistOptions.EnvironmentVariable}; the built-in data set shapes needs no download.",
                failure);
        }
    }
}
