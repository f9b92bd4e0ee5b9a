using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>256 bits of lanes: AVX2.</summary>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : struct
{
    private readonly Vector256<T> value = value;

    /// <inheritdoc/>
    public static int Count => Vector256<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref T source, nint index) => new(Vector256.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target, nint index) => value.StoreUnsafe(ref target, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void StoreAligned(byte* target) => value.AsByte().StoreAlignedNonTemporal(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadFrom<TSource>(ref TSource source, nint index)
        where TSource : struct => typeof(TSource) == typeof(T)
        ? Load(ref Unsafe.As<TSource, T>(ref source), index)
        : new(Vector256.WidenLower(Vector128.LoadUnsafe(ref Unsafe.As<TSource, float>(ref source), (nuint)index).ToVector256Unsafe()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreTo<TTarget>(ref TTarget target, nint index)
        where TTarget : struct
    {
        if (typeof(TTarget) == typeof(T))
            Store(ref Unsafe.As<TTarget, T>(ref target), index);
        else
            Avx.ConvertToVector128Single(value.AsDouble()).StoreUnsafe(ref Unsafe.As<TTarget, float>(ref target), (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Of(double value) => new(typeof(T) == typeof(float)
        ? Vector256.Create((float)value).As<float, T>()
        : Vector256.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> OfBits(long bits) => new(typeof(T) == typeof(float)
        ? Vector256.Create((int)bits).As<int, T>()
        : Vector256.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left.value + right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left.value - right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left.value * right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left.value / right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> left, Lanes256<T> right, Lanes256<T> addend) => new(typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(left.value.AsSingle(), right.value.AsSingle(), addend.value.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(left.value.AsDouble(), right.value.AsDouble(), addend.value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes256<T> Then(Lanes256<T> x, double coefficient) => MultiplyAdd(this, x, Of(coefficient));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator <(Lanes256<T> left, Lanes256<T> right) => new(Vector256.LessThan(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator >(Lanes256<T> left, Lanes256<T> right) => new(Vector256.GreaterThan(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator >=(Lanes256<T> left, Lanes256<T> right) => new(Vector256.GreaterThanOrEqual(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator <=(Lanes256<T> left, Lanes256<T> right) => new(Vector256.LessThanOrEqual(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Same(Lanes256<T> left, Lanes256<T> right) => new(Vector256.Equals(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Choose(Lanes256<T> mask, Lanes256<T> yes, Lanes256<T> no) => new(Vector256.ConditionalSelect(mask.value, yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ChooseSame(Lanes256<T> left, Lanes256<T> right, Lanes256<T> yes, Lanes256<T> no) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(left.value, right.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ChooseLess(Lanes256<T> left, Lanes256<T> right, Lanes256<T> yes, Lanes256<T> no) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(left.value, right.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Lanes256<T> left, Lanes256<T> right) => Vector256.GreaterThanAny(left.value, right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref double sums, nint index, double factor)
    {
        ref double second = ref Unsafe.Add(ref sums, Vector256<double>.Count);
        if (typeof(T) == typeof(double))
        {
            ((Vector256.Create(factor) * value.AsDouble()) + Vector256.LoadUnsafe(ref sums, (nuint)index)).StoreUnsafe(ref sums, (nuint)index);
            return;
        }

        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(value.AsSingle());
        ((Vector256.Create(factor) * lower) + Vector256.LoadUnsafe(ref sums, (nuint)index)).StoreUnsafe(ref sums, (nuint)index);
        ((Vector256.Create(factor) * upper) + Vector256.LoadUnsafe(ref second, (nuint)index)).StoreUnsafe(ref second, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyInto(ref double numbers, nint index)
    {
        ref double second = ref Unsafe.Add(ref numbers, Vector256<double>.Count);
        if (typeof(T) == typeof(double))
        {
            (value.AsDouble() * Vector256.LoadUnsafe(ref numbers, (nuint)index)).StoreUnsafe(ref numbers, (nuint)index);
            return;
        }

        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(value.AsSingle());
        (lower * Vector256.LoadUnsafe(ref numbers, (nuint)index)).StoreUnsafe(ref numbers, (nuint)index);
        (upper * Vector256.LoadUnsafe(ref second, (nuint)index)).StoreUnsafe(ref second, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Smaller(Lanes256<T> left, Lanes256<T> right) => new(Vector256.MinNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Larger(Lanes256<T> left, Lanes256<T> right) => new(Vector256.MaxNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator &(Lanes256<T> left, Lanes256<T> right) => new(left.value & right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator |(Lanes256<T> left, Lanes256<T> right) => new(left.value | right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddBits(Lanes256<T> left, Lanes256<T> right) => new(typeof(T) == typeof(float)
        ? (left.value.AsInt32() + right.value.AsInt32()).As<int, T>()
        : (left.value.AsInt64() + right.value.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftLeft(Lanes256<T> value, int count) => new(typeof(T) == typeof(float)
        ? (value.value.AsInt32() << count).As<int, T>()
        : (value.value.AsInt64() << count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftRight(Lanes256<T> value, int count) => new(typeof(T) == typeof(float)
        ? (value.value.AsInt32() >>> count).As<int, T>()
        : (value.value.AsInt64() >>> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LookUp(ref T table, Lanes256<T> bits)
    {
        Vector256<int> index = bits.value.AsInt32();
        Vector256<float> lower = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref table).AsSingle(), index);
        Vector256<float> upper = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref table, (nuint)Vector256<float>.Count).AsSingle(), index);
        return new(Avx.BlendVariable(lower, upper, (index << 28).AsSingle()).As<float, T>()); // the fourth bit, moved to the sign, chooses
    }
}
