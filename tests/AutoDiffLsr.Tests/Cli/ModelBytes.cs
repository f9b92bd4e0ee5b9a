using System.Buffers.Binary;

namespace AutoDiffLsr.Tests.Cli;

/// <summary>The numbers in a model file, as bytes: without the header, which also says when and by which command the file was made.</summary>
internal static class ModelBytes
{
    public static byte[] Of(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return file[(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file))..];
    }
}
