using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>The vector instructions a kernel may use.</summary>
internal enum InstructionSet
{
    /// <summary>What <see cref="System.Numerics.Vector{T}"/> gives anywhere.</summary>
    Portable,

    /// <summary>256 bits with fused multiply-add.</summary>
    Avx2,

    /// <summary>512 bits.</summary>
    Avx512,
}

/// <summary>Which instruction sets this machine has; the environment variables DOTNET_EnableAVX512=0 and DOTNET_EnableAVX2=0 take them away.</summary>
internal static class InstructionSets
{
    /// <summary>The widest set. The JIT makes it a constant.</summary>
    internal static InstructionSet Best =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? InstructionSet.Avx512
        : Avx2.IsSupported && Fma.IsSupported ? InstructionSet.Avx2
        : InstructionSet.Portable;

    /// <summary>Every set this machine can run, narrowest first.</summary>
    internal static IEnumerable<InstructionSet> Supported => Enum.GetValues<InstructionSet>().Where(set => set <= Best);
}
