using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>What the product kernel needs of a vector instruction set, so that one kernel source serves every set and width.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector register; a raw vector type, because the JIT keeps wrappers in memory.</typeparam>
internal unsafe interface ISimd<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
{
    /// <summary>How many elements a vector holds.</summary>
    static abstract int Lanes { get; }

    /// <summary>How many vectors high a tile of C is, so that its sums fit the registers: at most 3.</summary>
    static abstract int TileVectors { get; }

    /// <summary>How many columns wide a tile of C is: at most 8.</summary>
    static abstract int TileColumns { get; }

    /// <summary>Reads a vector.</summary>
    static abstract TVector Load(T* source);

    /// <summary>Writes a vector.</summary>
    static abstract void Store(T* target, TVector value);

    /// <summary>Reads the first <paramref name="count"/> lanes, touching no memory behind them; the other lanes are 0.</summary>
    static abstract TVector LoadFirst(T* source, int count);

    /// <summary>Writes the first <paramref name="count"/> lanes, touching no memory behind them.</summary>
    static abstract void StoreFirst(T* target, TVector value, int count);

    /// <summary>A vector with <paramref name="value"/> in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>left · right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left · right + addend.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);
}
