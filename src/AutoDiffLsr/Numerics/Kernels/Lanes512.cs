using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>512 bits of lanes: AVX-512.</summary>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : struct
{
    private readonly Vector512<T> value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref T source, nint index) => new(Vector512.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target, nint index) => value.StoreUnsafe(ref target, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void StoreAligned(byte* target) => value.AsByte().StoreAlignedNonTemporal(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadFrom<TSource>(ref TSource source, nint index)
        where TSource : struct => typeof(TSource) == typeof(T)
        ? Load(ref Unsafe.As<TSource, T>(ref source), index)
        : new(Vector512.WidenLower(Vector256.LoadUnsafe(ref Unsafe.As<TSource, float>(ref source), (nuint)index).ToVector512Unsafe()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreTo<TTarget>(ref TTarget target, nint index)
        where TTarget : struct
    {
        if (typeof(TTarget) == typeof(T))
            Store(ref Unsafe.As<TTarget, T>(ref target), index);
        else
            Avx512F.ConvertToVector256Single(value.AsDouble()).StoreUnsafe(ref Unsafe.As<TTarget, float>(ref target), (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Of(double value) => new(typeof(T) == typeof(float)
        ? Vector512.Create((float)value).As<float, T>()
        : Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> OfBits(long bits) => new(typeof(T) == typeof(float)
        ? Vector512.Create((int)bits).As<int, T>()
        : Vector512.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left.value + right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left.value - right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left.value * right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left.value / right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> left, Lanes512<T> right, Lanes512<T> addend) => new(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(left.value.AsSingle(), right.value.AsSingle(), addend.value.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(left.value.AsDouble(), right.value.AsDouble(), addend.value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes512<T> Then(Lanes512<T> x, double coefficient) => MultiplyAdd(this, x, Of(coefficient));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator <(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThan(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator >(Lanes512<T> left, Lanes512<T> right) => new(Vector512.GreaterThan(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator >=(Lanes512<T> left, Lanes512<T> right) => new(Vector512.GreaterThanOrEqual(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator <=(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThanOrEqual(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Same(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Equals(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Choose(Lanes512<T> mask, Lanes512<T> yes, Lanes512<T> no) => new(Vector512.ConditionalSelect(mask.value, yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ChooseSame(Lanes512<T> left, Lanes512<T> right, Lanes512<T> yes, Lanes512<T> no) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(left.value, right.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ChooseLess(Lanes512<T> left, Lanes512<T> right, Lanes512<T> yes, Lanes512<T> no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(left.value, right.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Lanes512<T> left, Lanes512<T> right) => Vector512.GreaterThanAny(left.value, right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref double sums, nint index, double factor)
    {
        ref double second = ref Unsafe.Add(ref sums, Vector512<double>.Count);
        if (typeof(T) == typeof(double))
        {
            ((Vector512.Create(factor) * value.AsDouble()) + Vector512.LoadUnsafe(ref sums, (nuint)index)).StoreUnsafe(ref sums, (nuint)index);
            return;
        }

        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(value.AsSingle());
        ((Vector512.Create(factor) * lower) + Vector512.LoadUnsafe(ref sums, (nuint)index)).StoreUnsafe(ref sums, (nuint)index);
        ((Vector512.Create(factor) * upper) + Vector512.LoadUnsafe(ref second, (nuint)index)).StoreUnsafe(ref second, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyInto(ref double numbers, nint index)
    {
        ref double second = ref Unsafe.Add(ref numbers, Vector512<double>.Count);
        if (typeof(T) == typeof(double))
        {
            (value.AsDouble() * Vector512.LoadUnsafe(ref numbers, (nuint)index)).StoreUnsafe(ref numbers, (nuint)index);
            return;
        }

        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(value.AsSingle());
        (lower * Vector512.LoadUnsafe(ref numbers, (nuint)index)).StoreUnsafe(ref numbers, (nuint)index);
        (upper * Vector512.LoadUnsafe(ref second, (nuint)index)).StoreUnsafe(ref second, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Smaller(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MinNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Larger(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MaxNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator &(Lanes512<T> left, Lanes512<T> right) => new(left.value & right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator |(Lanes512<T> left, Lanes512<T> right) => new(left.value | right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddBits(Lanes512<T> left, Lanes512<T> right) => new(typeof(T) == typeof(float)
        ? (left.value.AsInt32() + right.value.AsInt32()).As<int, T>()
        : (left.value.AsInt64() + right.value.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftLeft(Lanes512<T> value, int count) => new(typeof(T) == typeof(float)
        ? (value.value.AsInt32() << count).As<int, T>()
        : (value.value.AsInt64() << count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftRight(Lanes512<T> value, int count) => new(typeof(T) == typeof(float)
        ? (value.value.AsInt32() >>> count).As<int, T>()
        : (value.value.AsInt64() >>> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LookUp(ref T table, Lanes512<T> bits) =>
        new(Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(ref table).AsSingle(), bits.value.AsInt32()).As<float, T>());
}
