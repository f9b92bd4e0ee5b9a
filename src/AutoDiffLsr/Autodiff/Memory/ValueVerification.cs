using System.Diagnostics;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Autodiff.Memory;

/// <summary>Recognises a value that was changed in place, by a hash of its numbers.</summary>
internal static class ValueVerification
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>Whether the running program was built for debugging: then tapes verify values unless that is switched off.</summary>
    public static bool IsDefault { get; } = IsBuiltForDebugging(Assembly.GetEntryAssembly());

    public static bool IsBuiltForDebugging(Assembly? program) => program?.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    /// <summary>A hash of the bits of all numbers and of their order; never 0.</summary>
    public static ulong Hash<T>(ReadOnlySpan<T> numbers)
        where T : struct, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(numbers);
        ReadOnlySpan<Vector<ulong>> blocks = MemoryMarshal.Cast<byte, Vector<ulong>>(bytes);
        Vector<ulong> sums = Vector<ulong>.One;
        foreach (Vector<ulong> block in blocks)
            sums = (sums ^ block ^ (sums >> 29)) * Prime;
        ulong hash = Prime;
        for (int i = 0; i < Vector<ulong>.Count; i++)
            hash = Mix(hash, sums[i]);
        foreach (byte rest in bytes[(blocks.Length * Vector<byte>.Count)..])
            hash = Mix(hash, rest);
        return hash | 1;
    }

    private static ulong Mix(ulong hash, ulong value) => (hash ^ value ^ (hash >> 29)) * Prime;
}
