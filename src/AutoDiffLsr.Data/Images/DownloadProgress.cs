namespace AutoDiffLsr.Data;

/// <summary>How far a download is.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Received">Bytes that are here, those of earlier tries included.</param>
/// <param name="Total">Bytes of the whole file, or null when the server does not say.</param>
/// <param name="Source">Where it comes from.</param>
public readonly record struct DownloadProgress(string File, long Received, long? Total, Uri Source);
