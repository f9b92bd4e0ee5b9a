using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>Hints to the caches.</summary>
internal static class Cache
{
    /// <summary>How many elements ahead of a loop over memory to ask: enough for the time that memory takes.</summary>
    public const int Ahead = 1024;

    /// <summary>Asks for the line of an element that is needed soon. It may lie outside of the array: then nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref T start, nint index)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1((byte*)Unsafe.AsPointer(ref start) + (index * Unsafe.SizeOf<T>()));
    }
}
