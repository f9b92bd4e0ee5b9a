using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Tests.Fuzzing;

/// <summary>A reader under attack.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Mutate">Makes a hostile file.</param>
/// <param name="Read">Reads it, and lets nothing but undocumented exceptions out; true if the file was taken.</param>
/// <param name="BytesPerByte">How much the reader may allocate, all that it gives back included, for each byte of the file, besides <see cref="FixedBytes"/>.</param>
internal sealed record FuzzTarget(string Name, Func<RandomSource, byte[]> Mutate, Func<byte[], bool> Read, long BytesPerByte)
{
    /// <summary>What any reader may allocate: buffers, the message of an error with its stack.</summary>
    public const long FixedBytes = 1 << 20;

    /// <summary>Reads the hostile file of a seed and tells how it went.</summary>
    public FuzzOutcome Run(long seed)
    {
        byte[] file = Mutate(new RandomSource(seed));
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Environment.TickCount64;
        string? failure = null;
        bool isTaken = false;
        try
        {
            isTaken = Read(file);
        }
        catch (Exception error)
        {
            failure = $"{error.GetType().Name}: {error.Message}";
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > FixedBytes + (BytesPerByte * file.Length))
            failure ??= $"{allocated} bytes allocated for a file of {file.Length}";
        return new(isTaken, failure, allocated, Environment.TickCount64 - start, file);
    }
}
