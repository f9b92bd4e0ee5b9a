using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>
/// MNIST (Y. LeCun, C. Cortes, C. Burges): 60,000 and 10,000 grey images of handwritten digits, from a folder of the user's, from the cache,
/// or from the public mirrors.
/// </summary>
public sealed class MnistSource
{
    private readonly HttpClient client;
    private readonly MnistOptions options;

    /// <summary>A source; nothing is read or downloaded yet.</summary>
    /// <param name="client">Downloads, if that is needed; it stays open.</param>
    /// <param name="options">Where to look, and where from to download.</param>
    public MnistSource(HttpClient client, MnistOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        this.client = client;
        this.options = options ?? new();
    }

    /// <summary>The first folder that has all four files, or null: then they would be downloaded.</summary>
    public string? Locate() => Candidates().FirstOrDefault(IdxFolder.IsComplete);

    /// <summary>Reads the data, downloading it first if no folder has it. An interrupted download goes on where it ended.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="progress">Receives the download's progress.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <returns>The training and the test part, called "mnist".</returns>
    /// <exception cref="DataException">
    /// <see cref="MnistOptions.Folder"/> lacks a file, a file is wrong, or nothing could be downloaded: the message says what to do.
    /// </exception>
    public async Task<TrainTestSplit<T>> LoadAsync<T>(IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
        where T : struct, IFloatingPointIeee754<T>
    {
        string? folder = Locate() ?? this.options.Folder;
        if (folder is null)
            await DownloadAsync(progress, cancellation).ConfigureAwait(false);
        return IdxFolder.Read<T>(folder ?? this.options.CacheFolder, "mnist");
    }

    private IEnumerable<string> Candidates()
    {
        if (this.options.Folder is { } folder)
            return WithSubfolder(folder);
        IEnumerable<string> environment = string.IsNullOrEmpty(this.options.EnvironmentFolder) ? [] : WithSubfolder(this.options.EnvironmentFolder);
        return environment.Append(this.options.CacheFolder);
    }

    private static IEnumerable<string> WithSubfolder(string folder) => [folder, Path.Combine(folder, "mnist")];

    private async Task DownloadAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            MirrorDownload download = new("MNIST", this.client, this.options.CacheFolder, this.options.Mirrors, this.options.Patience, progress);
            await download.RunAsync(this.options.Files.Select(file => new MirrorFile(file.Name + ".gz", file.Length, file.Sha256, IsHashedUnpacked: true)), cancellation).ConfigureAwait(false);
        }
        catch (DownloadFailure failure)
        {
            string files = string.Join(", ", this.options.Files.Select(file => file.Name + ".gz"));
            throw new DataException(
                $"MNIST is not on this machine (looked in {string.Join(", ", Candidates())}) and cannot be downloaded: {failure.Message}. " +
                $"Put {files} into {this.options.CacheFolder}, or name their folder in {MnistOptions.EnvironmentVariable}; the built-in data set digits needs no download.",
                failure);
        }
    }
}
