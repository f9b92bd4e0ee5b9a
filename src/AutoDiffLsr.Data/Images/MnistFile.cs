namespace AutoDiffLsr.Data;

/// <summary>A file of MNIST as its mirrors offer it: compressed, under <see cref="Name"/> with ".gz".</summary>
/// <param name="Name">The name of the unpacked file.</param>
/// <param name="Length">The length of the unpacked file in bytes.</param>
/// <param name="Sha256">The SHA-256 of the unpacked file, in lower-case hexadecimal digits.</param>
public sealed record MnistFile(string Name, long Length, string Sha256);
