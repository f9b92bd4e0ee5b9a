using System.Net;
using System.Net.Http.Headers;

namespace AutoDiffLsr.Data;

/// <summary>Downloads one file into a part file, going on where an earlier try ended if the server can.</summary>
internal sealed class ResumableDownload(HttpClient client, TimeSpan patience, IProgress<DownloadProgress>? progress)
{
    /// <summary>Completes the part file.</summary>
    /// <param name="source">The address.</param>
    /// <param name="part">The part file, which may have the start already.</param>
    /// <param name="limit">A length that the whole file cannot have.</param>
    /// <param name="cancellation">Ends the download; the part file stays.</param>
    /// <exception cref="DownloadFailure">The server did not deliver.</exception>
    public async Task CompleteAsync(Uri source, string part, long limit, CancellationToken cancellation)
    {
        long have = File.Exists(part) ? new FileInfo(part).Length : 0;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(patience);
        using HttpResponseMessage response = await Guard(() => AskAsync(source, have, silence.Token), isFirst: true, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
            return;
        long start = Start(response, have);
        using Stream content = await Guard(() => response.Content.ReadAsStreamAsync(silence.Token), isFirst: false, cancellation).ConfigureAwait(false);
        using FileStream file = new(part, start > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        byte[] buffer = new byte[1 << 16];
        long? total = start + response.Content.Headers.ContentLength;
        for (long received = start; ;)
        {
            progress?.Report(new(Path.GetFileName(source.LocalPath), received, total, source));
            silence.CancelAfter(patience);
            int read = await Guard(() => content.ReadAsync(buffer, silence.Token).AsTask(), isFirst: false, cancellation).ConfigureAwait(false);
            if (read == 0)
                return;
            received += read;
            if (received >= limit)
                throw new DownloadFailure("sends more than the file can have", mayRetry: false);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
        }
    }

    private static long Start(HttpResponseMessage response, long have)
    {
        if (response.StatusCode == HttpStatusCode.OK)
            return 0;
        if (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have)
            return have;
        throw new DownloadFailure($"answers {(int)response.StatusCode} {response.ReasonPhrase}", mayRetry: (int)response.StatusCode >= 500);
    }

    // What goes wrong on the network becomes a DownloadFailure; what goes wrong with the part file does not pass through here. A server that
    // was silent from the first is left for another; one that fell silent on the way gets another try.
    private static async Task<TResult> Guard<TResult>(Func<Task<TResult>> step, bool isFirst, CancellationToken cancellation)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadFailure("does not answer in time", mayRetry: !isFirst, error);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            throw new DownloadFailure($"cannot be reached ({error.Message})", mayRetry: false, error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new DownloadFailure($"broke off ({error.Message})", mayRetry: true, error);
        }
    }

    private Task<HttpResponseMessage> AskAsync(Uri source, long have, CancellationToken cancellation)
    {
        HttpRequestMessage request = new(HttpMethod.Get, source);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }
}
