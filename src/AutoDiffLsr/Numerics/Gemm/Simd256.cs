using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>AVX2 with FMA: 8 floats or 4 doubles, masked loads and stores, 16 registers.</summary>
internal readonly unsafe struct Simd256<T> : ISimd<T, Vector256<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Lanes => Vector256<T>.Count;

    /// <summary>12 sums, 2 vectors of A and an element of B in 16 registers.</summary>
    public static int TileVectors => 2;

    /// <inheritdoc cref="TileVectors"/>
    public static int TileColumns => 6;

    /// <inheritdoc/>
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    /// <inheritdoc/>
    public static void Store(T* target, Vector256<T> value) => value.Store(target);

    /// <inheritdoc/>
    public static Vector256<T> LoadFirst(T* source, int count) => typeof(T) == typeof(float)
        ? Avx.MaskLoad((float*)source, First(count).AsSingle()).As<float, T>()
        : Avx.MaskLoad((double*)source, First(count).AsDouble()).As<double, T>();

    /// <inheritdoc/>
    public static void StoreFirst(T* target, Vector256<T> value, int count)
    {
        if (typeof(T) == typeof(float))
            Avx.MaskStore((float*)target, First(count).AsSingle(), value.AsSingle());
        else
            Avx.MaskStore((double*)target, First(count).AsDouble(), value.AsDouble());
    }

    /// <inheritdoc/>
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    /// <inheritdoc/>
    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    /// <inheritdoc/>
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend) => typeof(T) == typeof(float)
        ? Fma.MultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
        : Fma.MultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    private static Vector256<T> First(int count) => Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count)));
}
