using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The powers 2^(i/16) for i from 0 to 15, rounded to float, without the i that is added to their stored exponents together with the rest of n: the bits of
/// 2^(n/16) are those of entry n mod 16 plus n·2¹⁹.
/// </summary>
internal static class RootsOfTwo
{
    /// <summary>The first entry, as a T that is float.</summary>
    public static ref T Table<T>() => ref Unsafe.As<int, T>(ref MemoryMarshal.GetReference(Bits));

    private static ReadOnlySpan<int> Bits =>
    [
        0x3F800000, 0x3F7DAAC3, 0x3F7B95C2, 0x3F79C3D3, 0x3F7837F0, 0x3F76F532, 0x3F75FED7, 0x3F75583F,
        0x3F7504F3, 0x3F7508A4, 0x3F75672A, 0x3F76248C, 0x3F7744FD, 0x3F78CCDF, 0x3F7AC0C7, 0x3F7D257D,
    ];
}
