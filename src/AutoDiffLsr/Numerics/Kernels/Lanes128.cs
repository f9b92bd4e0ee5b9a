using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiffLsr.Numerics;

/// <summary>128 bits of lanes: SSE, or NEON on ARM64.</summary>
internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : struct
{
    private readonly Vector128<T> value = value;

    /// <inheritdoc/>
    public static int Count => Vector128<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref T source, nint index) => new(Vector128.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target, nint index) => value.StoreUnsafe(ref target, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void StoreAligned(byte* target) => value.AsByte().StoreAlignedNonTemporal(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadFrom<TSource>(ref TSource source, nint index)
        where TSource : struct => typeof(TSource) == typeof(T)
        ? Load(ref Unsafe.As<TSource, T>(ref source), index)
        : new(Vector128.WidenLower(Vector64.LoadUnsafe(ref Unsafe.As<TSource, float>(ref source), (nuint)index).ToVector128Unsafe()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreTo<TTarget>(ref TTarget target, nint index)
        where TTarget : struct
    {
        if (typeof(TTarget) == typeof(T))
            Store(ref Unsafe.As<TTarget, T>(ref target), index);
        else
            Vector128.Narrow(value.AsDouble(), value.AsDouble()).GetLower().StoreUnsafe(ref Unsafe.As<TTarget, float>(ref target), (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Of(double value) => new(typeof(T) == typeof(float)
        ? Vector128.Create((float)value).As<float, T>()
        : Vector128.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> OfBits(long bits) => new(typeof(T) == typeof(float)
        ? Vector128.Create((int)bits).As<int, T>()
        : Vector128.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left.value + right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left.value - right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left.value * right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left.value / right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> left, Lanes128<T> right, Lanes128<T> addend) => new(typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(left.value.AsSingle(), right.value.AsSingle(), addend.value.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(left.value.AsDouble(), right.value.AsDouble(), addend.value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes128<T> Then(Lanes128<T> x, double coefficient) => MultiplyAdd(this, x, Of(coefficient));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator <(Lanes128<T> left, Lanes128<T> right) => new(Vector128.LessThan(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator >(Lanes128<T> left, Lanes128<T> right) => new(Vector128.GreaterThan(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator >=(Lanes128<T> left, Lanes128<T> right) => new(Vector128.GreaterThanOrEqual(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator <=(Lanes128<T> left, Lanes128<T> right) => new(Vector128.LessThanOrEqual(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Same(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Equals(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Choose(Lanes128<T> mask, Lanes128<T> yes, Lanes128<T> no) => new(Vector128.ConditionalSelect(mask.value, yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ChooseSame(Lanes128<T> left, Lanes128<T> right, Lanes128<T> yes, Lanes128<T> no) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(left.value, right.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ChooseLess(Lanes128<T> left, Lanes128<T> right, Lanes128<T> yes, Lanes128<T> no) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(left.value, right.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Lanes128<T> left, Lanes128<T> right) => Vector128.GreaterThanAny(left.value, right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref double sums, nint index, double factor)
    {
        ref double second = ref Unsafe.Add(ref sums, Vector128<double>.Count);
        if (typeof(T) == typeof(double))
        {
            ((Vector128.Create(factor) * value.AsDouble()) + Vector128.LoadUnsafe(ref sums, (nuint)index)).StoreUnsafe(ref sums, (nuint)index);
            return;
        }

        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(value.AsSingle());
        ((Vector128.Create(factor) * lower) + Vector128.LoadUnsafe(ref sums, (nuint)index)).StoreUnsafe(ref sums, (nuint)index);
        ((Vector128.Create(factor) * upper) + Vector128.LoadUnsafe(ref second, (nuint)index)).StoreUnsafe(ref second, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyInto(ref double numbers, nint index)
    {
        ref double second = ref Unsafe.Add(ref numbers, Vector128<double>.Count);
        if (typeof(T) == typeof(double))
        {
            (value.AsDouble() * Vector128.LoadUnsafe(ref numbers, (nuint)index)).StoreUnsafe(ref numbers, (nuint)index);
            return;
        }

        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(value.AsSingle());
        (lower * Vector128.LoadUnsafe(ref numbers, (nuint)index)).StoreUnsafe(ref numbers, (nuint)index);
        (upper * Vector128.LoadUnsafe(ref second, (nuint)index)).StoreUnsafe(ref second, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Smaller(Lanes128<T> left, Lanes128<T> right) => new(Vector128.MinNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Larger(Lanes128<T> left, Lanes128<T> right) => new(Vector128.MaxNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator &(Lanes128<T> left, Lanes128<T> right) => new(left.value & right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator |(Lanes128<T> left, Lanes128<T> right) => new(left.value | right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddBits(Lanes128<T> left, Lanes128<T> right) => new(typeof(T) == typeof(float)
        ? (left.value.AsInt32() + right.value.AsInt32()).As<int, T>()
        : (left.value.AsInt64() + right.value.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftLeft(Lanes128<T> value, int count) => new(typeof(T) == typeof(float)
        ? (value.value.AsInt32() << count).As<int, T>()
        : (value.value.AsInt64() << count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftRight(Lanes128<T> value, int count) => new(typeof(T) == typeof(float)
        ? (value.value.AsInt32() >>> count).As<int, T>()
        : (value.value.AsInt64() >>> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LookUp(ref T table, Lanes128<T> bits)
    {
        Vector128<int> index = bits.value.AsInt32() & Vector128.Create(15);
        ref float first = ref Unsafe.As<T, float>(ref table);
        return new(Vector128.Create(
            Unsafe.Add(ref first, index[0]), Unsafe.Add(ref first, index[1]), Unsafe.Add(ref first, index[2]), Unsafe.Add(ref first, index[3])).As<float, T>());
    }
}
