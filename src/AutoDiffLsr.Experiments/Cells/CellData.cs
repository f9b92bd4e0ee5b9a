using System.Security.Cryptography;

namespace AutoDiffLsr.Experiments.Cells;

/// <summary>Data as bytes, named by what it is.</summary>
/// <param name="content">The bytes, which are kept and not copied: do not change them afterwards.</param>
public sealed class CellData(byte[] content)
{
    /// <summary>The bytes.</summary>
    public byte[] Content { get; } = content;

    /// <summary>The SHA-256 of the bytes, in hexadecimal digits.</summary>
    public string Hash { get; } = HashOf(content);

    /// <summary>The name of bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>Their SHA-256, in hexadecimal digits.</returns>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
