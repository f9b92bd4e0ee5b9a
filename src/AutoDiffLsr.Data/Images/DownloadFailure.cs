namespace AutoDiffLsr.Data;

/// <summary>A mirror did not deliver; another try or another mirror may.</summary>
internal sealed class DownloadFailure(string reason, bool mayRetry, Exception? innerException = null) : Exception(reason, innerException)
{
    /// <summary>Whether the same mirror is worth another try.</summary>
    public bool MayRetry { get; } = mayRetry;
}
