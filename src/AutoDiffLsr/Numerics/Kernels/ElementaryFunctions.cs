using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>A function of one number, as a type, so that a loop over it is compiled for it.</summary>
internal interface IElementaryFunction
{
    /// <summary>The function of every lane.</summary>
    static abstract L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct;
}

/// <summary>eˣ.</summary>
internal readonly struct ExpFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.Exp(x);
}

/// <summary>ln x.</summary>
internal readonly struct LogFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.Log(x);
}

/// <summary>ln(1 + x).</summary>
internal readonly struct Log1pFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.Log1p(x);
}

/// <summary>tanh x.</summary>
internal readonly struct TanhFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.Tanh(x);
}

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct SigmoidFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.Sigmoid(x);
}

/// <summary>ln(1 + eˣ).</summary>
internal readonly struct SoftplusFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.Softplus(x);
}

/// <summary>Φ(x).</summary>
internal readonly struct NormalCdfFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.NormalCdf(x);
}

/// <summary>φ(x).</summary>
internal readonly struct NormalPdfFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.NormalPdf(x);
}

/// <summary>x Φ(x).</summary>
internal readonly struct GeluFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => ElementaryKernels<L, T>.Gelu(x);
}

/// <summary>x itself.</summary>
internal readonly struct IdentityFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => x;
}

/// <summary>max(x, 0); NaN stays NaN.</summary>
internal readonly struct ReluFunction : IElementaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L x)
        where L : struct, ILanes<L, T>
        where T : struct => L.Larger(L.Of(0), x);
}
