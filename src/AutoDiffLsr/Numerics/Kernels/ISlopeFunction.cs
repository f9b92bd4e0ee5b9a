using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>A gradient that goes back through a function: its derivative, from what the forward pass saved, times dy.</summary>
internal interface ISlopeFunction
{
    /// <summary>The gradient of every lane.</summary>
    static abstract L Of<L, T>(L saved, L dy)
        where L : struct, ILanes<L, T>
        where T : struct;
}

/// <summary>dy where the saved number is positive, else 0.</summary>
internal readonly struct ReluSlope : ISlopeFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L saved, L dy)
        where L : struct, ILanes<L, T>
        where T : struct => L.Choose(saved > L.Of(0), dy, L.Of(0));
}

/// <summary>(1 - tanh²x)·dy = 4e/(1 + e)²·dy with e = e^(-2|x|): where tanh x is 1 to all digits, 1 - tanh²x would be 0, and this is not.</summary>
internal readonly struct TanhSlope : ISlopeFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L saved, L dy)
        where L : struct, ILanes<L, T>
        where T : struct
    {
        L e = ElementaryKernels<L, T>.Exp(L.Of(2) * ElementaryKernels<L, T>.NegativeMagnitude(saved)), sum = L.Of(1) + e;
        return dy * (L.Of(4) * e / (sum * sum));
    }
}

/// <summary>σ(x)·σ(-x)·dy = e/(1 + e)²·dy with e = e^(-|x|): where σ(x) is 1 to all digits, 1 - σ(x) would be 0, and this is not.</summary>
internal readonly struct SigmoidSlope : ISlopeFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L saved, L dy)
        where L : struct, ILanes<L, T>
        where T : struct
    {
        L e = ElementaryKernels<L, T>.Exp(ElementaryKernels<L, T>.NegativeMagnitude(saved)), sum = L.Of(1) + e;
        return dy * (e / (sum * sum));
    }
}

/// <summary>σ(x)·dy, for the softplus of x.</summary>
internal readonly struct SoftplusSlope : ISlopeFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L saved, L dy)
        where L : struct, ILanes<L, T>
        where T : struct => dy * ElementaryKernels<L, T>.Sigmoid(saved);
}

/// <summary>(Φ(x) + x·φ(x))·dy, for the GELU of x.</summary>
internal readonly struct GeluSlope : ISlopeFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(L saved, L dy)
        where L : struct, ILanes<L, T>
        where T : struct => dy * (ElementaryKernels<L, T>.NormalCdf(saved) + (saved * ElementaryKernels<L, T>.NormalPdf(saved)));
}
