namespace AutoDiffLsr.Formats;

/// <summary>The files are little-endian, and numbers go between them and memory as they are.</summary>
internal static class ByteOrder
{
    public static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Tensor files are little-endian; this processor is not, and no conversion is built in.");
    }
}
