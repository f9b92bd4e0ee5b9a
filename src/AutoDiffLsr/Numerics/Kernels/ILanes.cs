namespace AutoDiffLsr.Numerics;

/// <summary>
/// The elements of one vector register, with the operators of a number: an elementary function is written once in these and runs at every width.
/// Every operation acts on each element alone, so an element's result does not depend on its neighbours or on the width.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : struct
{
    /// <summary>How many elements there are.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> elements.</summary>
    static abstract TSelf Load(ref T source, nint index);

    /// <summary>Writes <see cref="Count"/> elements.</summary>
    void Store(ref T target, nint index);

    /// <summary>Writes all lanes to memory that does not move, at an address that is a multiple of their size, past the caches where the machine can.</summary>
    unsafe void StoreAligned(byte* target);

    /// <summary>Reads <see cref="Count"/> numbers that may be float where the lanes are double.</summary>
    static abstract TSelf LoadFrom<TSource>(ref TSource source, nint index)
        where TSource : struct;

    /// <summary>Writes the lanes, rounded to float where the target is float and they are double.</summary>
    void StoreTo<TTarget>(ref TTarget target, nint index)
        where TTarget : struct;

    /// <summary><paramref name="value"/> in every element; the JIT makes it a constant.</summary>
    static abstract TSelf Of(double value);

    /// <summary><paramref name="bits"/> in every element: 32 of them for float.</summary>
    static abstract TSelf OfBits(long bits);

    /// <summary>left + right.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>left - right.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>left · right.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>left / right.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>left · right + addend, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>One step of Horner's rule: this · x + coefficient.</summary>
    TSelf Then(TSelf x, double coefficient);

    /// <summary>All bits set where left &lt; right.</summary>
    static abstract TSelf operator <(TSelf left, TSelf right);

    /// <summary>All bits set where left &gt; right.</summary>
    static abstract TSelf operator >(TSelf left, TSelf right);

    /// <summary>All bits set where the two are equal; NaN equals nothing.</summary>
    static abstract TSelf Same(TSelf left, TSelf right);

    /// <summary>The bits of <paramref name="yes"/> where those of <paramref name="mask"/> are set, and of <paramref name="no"/> elsewhere.</summary>
    static abstract TSelf Choose(TSelf mask, TSelf yes, TSelf no);

    /// <summary>
    /// <paramref name="yes"/> where left equals right, <paramref name="no"/> elsewhere: <see cref="Same"/> and <see cref="Choose"/> in one expression, which
    /// the JIT makes one masked instruction.
    /// </summary>
    static abstract TSelf ChooseSame(TSelf left, TSelf right, TSelf yes, TSelf no);

    /// <summary><paramref name="yes"/> where left is less than right, <paramref name="no"/> elsewhere, in one expression.</summary>
    static abstract TSelf ChooseLess(TSelf left, TSelf right, TSelf yes, TSelf no);

    /// <summary>Whether any element of left is greater than that of right.</summary>
    static abstract bool AnyGreater(TSelf left, TSelf right);

    /// <summary>sums[index + i] += lane[i]·factor.</summary>
    void AddTo(ref double sums, nint index, double factor);

    /// <summary>numbers[index + i] *= lane[i].</summary>
    void MultiplyInto(ref double numbers, nint index);

    /// <summary>All bits set where left ≥ right.</summary>
    static abstract TSelf operator >=(TSelf left, TSelf right);

    /// <summary>All bits set where left ≤ right.</summary>
    static abstract TSelf operator <=(TSelf left, TSelf right);

    /// <summary>The smaller of two; NaN where the right one is.</summary>
    static abstract TSelf Smaller(TSelf left, TSelf right);

    /// <summary>The larger of two; NaN where the right one is.</summary>
    static abstract TSelf Larger(TSelf left, TSelf right);

    /// <summary>The bits set in both.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>The bits set in either.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>The sum of the bits as whole numbers.</summary>
    static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>The bits as a whole number times 2^count.</summary>
    static abstract TSelf ShiftLeft(TSelf value, int count);

    /// <summary>The bits as a whole number without sign, divided by 2^count.</summary>
    static abstract TSelf ShiftRight(TSelf value, int count);

    /// <summary>table[i] for each element, where i is what the lowest four of its bits say. The table has 16 entries; float only.</summary>
    static abstract TSelf LookUp(ref T table, TSelf bits);
}
