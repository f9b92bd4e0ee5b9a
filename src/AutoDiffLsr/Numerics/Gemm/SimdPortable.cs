using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Whatever vectors the machine has (128 bits on ARM64 and on x64 without AVX2), with a fused product only where it is hardware.</summary>
internal readonly unsafe struct SimdPortable<T> : ISimd<T, Vector<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Lanes => Vector<T>.Count;

    /// <summary>As few as the 16 registers of x64 allow; ARM64 would have room for more.</summary>
    public static int TileVectors => 2;

    /// <inheritdoc cref="TileVectors"/>
    public static int TileColumns => 6;

    /// <inheritdoc/>
    public static Vector<T> Load(T* source) => Vector.Load(source);

    /// <inheritdoc/>
    public static void Store(T* target, Vector<T> value) => value.Store(target);

    /// <inheritdoc/>
    public static Vector<T> LoadFirst(T* source, int count)
    {
        Vector<T> value = default;
        Unsafe.CopyBlockUnaligned(&value, source, (uint)(count * sizeof(T)));
        return value;
    }

    /// <inheritdoc/>
    public static void StoreFirst(T* target, Vector<T> value, int count) => Unsafe.CopyBlockUnaligned(target, &value, (uint)(count * sizeof(T)));

    /// <inheritdoc/>
    public static Vector<T> Broadcast(T value) => new(value);

    /// <inheritdoc/>
    public static Vector<T> Multiply(Vector<T> left, Vector<T> right) => left * right;

    /// <inheritdoc/>
    public static Vector<T> MultiplyAdd(Vector<T> left, Vector<T> right, Vector<T> addend) => typeof(T) == typeof(float)
        ? Vector.MultiplyAddEstimate(left.As<T, float>(), right.As<T, float>(), addend.As<T, float>()).As<float, T>()
        : Vector.MultiplyAddEstimate(left.As<T, double>(), right.As<T, double>(), addend.As<T, double>()).As<double, T>();
}
