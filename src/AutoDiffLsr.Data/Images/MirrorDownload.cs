using System.IO.Compression;
using System.Security.Cryptography;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data;

/// <summary>Brings the files of a data set from its mirrors into the cache folder; a file has its name there only once its SHA-256 is right.</summary>
/// <param name="name">What the data is called.</param>
/// <param name="client">Downloads.</param>
/// <param name="folder">The cache folder.</param>
/// <param name="mirrors">Addresses of folders with the files, ending with a slash.</param>
/// <param name="patience">How long a server may stay silent.</param>
/// <param name="progress">Receives the progress.</param>
internal sealed class MirrorDownload(string name, HttpClient client, string folder, IReadOnlyList<Uri> mirrors, TimeSpan patience, IProgress<DownloadProgress>? progress)
{
    private const int TriesPerMirror = 4;

    // What gzip adds to incompressible data is far below this.
    private const long GzipOverhead = 65_536;

    // The one that delivered last comes first, so that a dead mirror costs its wait once and not for every file.
    private readonly List<Uri> mirrors = [.. mirrors];
    private readonly ResumableDownload download = new(client, patience, progress);

    /// <summary>Downloads what the cache folder lacks.</summary>
    /// <exception cref="DownloadFailure">No mirror delivered a file: the message tells each one's reason.</exception>
    /// <exception cref="DataException">The cache folder cannot be written.</exception>
    public async Task RunAsync(IEnumerable<MirrorFile> files, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (MirrorFile file in files)
            {
                string path = Path.Combine(folder, file.Name);
                if (!File.Exists(path))
                    await FetchAsync(file, path, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
            throw new DataException($"{folder}: cannot be written ({error.Message}), but {name} is downloaded to there", error);
        }
    }

    private async Task FetchAsync(MirrorFile file, string path, CancellationToken cancellation)
    {
        List<string> failures = [];
        for (int i = 0; i < this.mirrors.Count; i++)
        {
            Uri mirror = this.mirrors[i];
            if (!await TryMirrorAsync(file, path, new Uri(mirror, file.Name), failures, cancellation).ConfigureAwait(false))
                continue;
            this.mirrors.RemoveAt(i);
            this.mirrors.Insert(0, mirror);
            return;
        }

        throw new DownloadFailure(string.Join("; ", failures), mayRetry: false);
    }

    private async Task<bool> TryMirrorAsync(MirrorFile file, string path, Uri source, List<string> failures, CancellationToken cancellation)
    {
        string part = path + ".part";
        for (int tries = 1; ; tries++)
        {
            bool wasResumed = File.Exists(part);
            try
            {
                await download.CompleteAsync(source, part, file.Length + (file.IsHashedUnpacked ? GzipOverhead : 1), cancellation).ConfigureAwait(false);
                await AcceptAsync(file, part, path, wasResumed, cancellation).ConfigureAwait(false);
                return true;
            }
            catch (DownloadFailure failure) when (failure.MayRetry && tries < TriesPerMirror)
            {
                // The next try goes on where this one ended.
            }
            catch (DownloadFailure failure)
            {
                failures.Add($"{source} {failure.Message}");
                return false;
            }
        }
    }

    // A start left by another mirror or another day may not fit the rest: then the same mirror gets a try from the beginning.
    private static async Task AcceptAsync(MirrorFile file, string part, string path, bool wasResumed, CancellationToken cancellation)
    {
        string? found = await HashAsync(part, file, cancellation).ConfigureAwait(false);
        if (found != file.Sha256)
        {
            File.Delete(part);
            string of = file.IsHashedUnpacked ? " of the unpacked bytes" : "";
            throw new DownloadFailure($"has another file ({found ?? "damaged gzip data, or another length"}, expected SHA-256 {file.Sha256}{of})", mayRetry: wasResumed);
        }

        File.Move(part, path, overwrite: true);
    }

    private static async Task<string?> HashAsync(string part, MirrorFile file, CancellationToken cancellation)
    {
        if (file.IsHashedUnpacked)
            return await HashUnpackedAsync(part, file.Length, cancellation).ConfigureAwait(false);
        using FileStream packed = File.OpenRead(part);
        return packed.Length == file.Length ? Convert.ToHexStringLower(await SHA256.HashDataAsync(packed, cancellation).ConfigureAwait(false)) : null;
    }

    private static async Task<string?> HashUnpackedAsync(string part, long length, CancellationToken cancellation)
    {
        using FileStream file = File.OpenRead(part);
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        try
        {
            long total = 0;
            for (int read = 1; read > 0 && total <= length; total += read)
            {
                read = await unpacked.ReadAsync(buffer, cancellation).ConfigureAwait(false);
                hash.AppendData(buffer, 0, read);
            }

            return total == length && GzipTrailer.Matches(file, length) ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
