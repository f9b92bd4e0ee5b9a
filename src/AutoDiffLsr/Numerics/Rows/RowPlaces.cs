using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Where the numbers of a chunk's rows begin, for loops over them.</summary>
internal readonly ref struct RowPlaces<T>(in RowChunk<T> chunk, Span<T> kept)
    where T : struct, IFloatingPointIeee754<T>
{
    public readonly ref T Labels = ref MemoryMarshal.GetReference(chunk.Labels);
    public readonly ref T Shift = ref MemoryMarshal.GetReference(chunk.Shift);
    public readonly ref T Target = ref MemoryMarshal.GetReference(chunk.Target);
    public readonly ref T Partial = ref MemoryMarshal.GetReference(chunk.Partial);
    public readonly ref T PartialDistance = ref MemoryMarshal.GetReference(chunk.PartialDistance);
    public readonly ref double Sum = ref MemoryMarshal.GetReference(chunk.Sum);
    public readonly ref double Distance = ref MemoryMarshal.GetReference(chunk.Distance);

    /// <summary>The exponentials of the block, where they are kept.</summary>
    public readonly ref T Kept = ref MemoryMarshal.GetReference(kept);
}
