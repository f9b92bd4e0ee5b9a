namespace AutoDiffLsr.Data;

/// <summary>A file that mirrors offer.</summary>
/// <param name="Name">Its name there and in the cache.</param>
/// <param name="Length">Its length in bytes, unpacked or as it is.</param>
/// <param name="Sha256">The SHA-256 of those bytes, in lower-case hexadecimal digits.</param>
/// <param name="IsHashedUnpacked">Whether length and SHA-256 are those of the unpacked bytes, because mirrors compress differently.</param>
internal sealed record MirrorFile(string Name, long Length, string Sha256, bool IsHashedUnpacked);
