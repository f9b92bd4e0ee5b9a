using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Provenance;

/// <summary>Data that a run took.</summary>
/// <param name="Name">The file, folder or built-in set as it was given.</param>
/// <param name="Sha256">Of a file, as sha256sum prints it; of other data, of the samples and targets that were trained on.</param>
/// <param name="TrainRows">Rows trained on.</param>
/// <param name="ValidationRows">Rows that training was watched with.</param>
/// <param name="TestRows">Rows tested on.</param>
internal sealed record DataOrigin(string Name, string Sha256, int TrainRows, int ValidationRows, int TestRows)
{
    /// <summary>The origin of data that were loaded.</summary>
    public static DataOrigin Of(string source, Dataset<float> train, int validationRows, int testRows) =>
        new(source, File.Exists(source) ? HashOfFile(source) : HashOf(train), train.Count, validationRows, testRows);

    /// <summary>The origin of data whose hash is known.</summary>
    public static DataOrigin Of(string source, string hash, int trainRows, int validationRows, int testRows) =>
        new(source, File.Exists(source) ? HashOfFile(source) : hash, trainRows, validationRows, testRows);

    /// <summary>The hash of samples and targets.</summary>
    public static string HashOf(Dataset<float> data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(data.Samples));
        if (data.Targets.Kind == TargetKind.Labels)
            hash.AppendData(MemoryMarshal.AsBytes<int>(data.Labels));
        hash.AppendData(MemoryMarshal.AsBytes(data.Targets.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>"iris.csv: 120 rows trained on, 0 watched, 30 tested on; SHA-256 ...".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {TrainRows} rows to train on, {ValidationRows} to watch it with, {TestRows} to test on; SHA-256 {Sha256}");

    /// <summary>The hash of a file, as sha256sum prints it.</summary>
    public static string HashOfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
