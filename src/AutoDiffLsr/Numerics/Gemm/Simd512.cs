using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>AVX-512: 16 floats or 8 doubles, masked loads and stores, 32 registers.</summary>
internal readonly unsafe struct Simd512<T> : ISimd<T, Vector512<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Lanes => Vector512<T>.Count;

    /// <summary>24 sums, 3 vectors of A and an element of B in 32 registers.</summary>
    public static int TileVectors => 3;

    /// <inheritdoc cref="TileVectors"/>
    public static int TileColumns => 8;

    /// <inheritdoc/>
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    /// <inheritdoc/>
    public static void Store(T* target, Vector512<T> value) => value.Store(target);

    /// <inheritdoc/>
    public static Vector512<T> LoadFirst(T* source, int count) => typeof(T) == typeof(float)
        ? Avx512F.MaskLoad((float*)source, First(count).AsSingle(), Vector512<float>.Zero).As<float, T>()
        : Avx512F.MaskLoad((double*)source, First(count).AsDouble(), Vector512<double>.Zero).As<double, T>();

    /// <inheritdoc/>
    public static void StoreFirst(T* target, Vector512<T> value, int count)
    {
        if (typeof(T) == typeof(float))
            Avx512F.MaskStore((float*)target, First(count).AsSingle(), value.AsSingle());
        else
            Avx512F.MaskStore((double*)target, First(count).AsDouble(), value.AsDouble());
    }

    /// <inheritdoc/>
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    /// <inheritdoc/>
    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    /// <inheritdoc/>
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    private static Vector512<T> First(int count) => Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(count)));
}
