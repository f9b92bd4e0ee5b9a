using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary><see cref="ExponentialLanes{L, T}"/> and <see cref="ScaleLanes{L, T}"/> at the widest vectors that the machine has and the rows fill.</summary>
internal static class RowLoops<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The fewest rows there may be: one vector of the narrowest kind.</summary>
    public static int FewestRows => Lanes128<T>.Count;

    /// <summary>The sums of a block; the exponentials are kept where there is a place for them.</summary>
    public static void Sums(in RowBlock<T> block, in RowChunk<T> chunk, bool withDistances, Span<T> kept)
    {
        RowPlaces<T> rows = new(chunk, kept);
        if (block.FirstColumn == 0)
            Begin(block, rows);
        if (!withDistances && kept.IsEmpty)
            Sums<Off, Off>(block, rows);
        else if (!withDistances)
            Sums<Off, On>(block, rows);
        else if (kept.IsEmpty)
            Sums<On, Off>(block, rows);
        else
            Sums<On, On>(block, rows);
    }

    private static void Begin(in RowBlock<T> block, in RowPlaces<T> rows)
    {
        if (Fills512(block.Rows))
            ExponentialLanes<Lanes512<T>, T>.Begin(block, rows);
        else if (Fills256(block.Rows))
            ExponentialLanes<Lanes256<T>, T>.Begin(block, rows);
        else
            ExponentialLanes<Lanes128<T>, T>.Begin(block, rows);
    }

    private static void Sums<TMeasures, TKeeps>(in RowBlock<T> block, in RowPlaces<T> rows)
        where TMeasures : struct, ISwitch
        where TKeeps : struct, ISwitch
    {
        if (Fills512(block.Rows))
            ExponentialLanes<Lanes512<T>, T>.Sums<TMeasures, TKeeps>(block, rows);
        else if (Fills256(block.Rows))
            ExponentialLanes<Lanes256<T>, T>.Sums<TMeasures, TKeeps>(block, rows);
        else
            ExponentialLanes<Lanes128<T>, T>.Sums<TMeasures, TKeeps>(block, rows);
    }

    /// <summary>How many rows a vector of these loops has.</summary>
    public static int LanesFor(int rows) => Fills512(rows) ? Lanes512<T>.Count : Fills256(rows) ? Lanes256<T>.Count : Lanes128<T>.Count;

    public static void ScaleBlock(in RowBlock<T> block, in RowChunk<T> chunk)
    {
        ref T label = ref First(chunk.Labels), by = ref First(chunk.Factor), plus = ref First(chunk.Offset), at = ref First(chunk.Own);
        if (Fills512(block.Rows))
            ScaleLanes<Lanes512<T>, T>.ScaleBlock(block, ref label, ref by, ref plus, ref at);
        else if (Fills256(block.Rows))
            ScaleLanes<Lanes256<T>, T>.ScaleBlock(block, ref label, ref by, ref plus, ref at);
        else
            ScaleLanes<Lanes128<T>, T>.ScaleBlock(block, ref label, ref by, ref plus, ref at);
    }

    public static void Scale(int rows, ReadOnlySpan<T> factor, ReadOnlySpan<T> offset, Span<T> run)
    {
        ref T by = ref First(factor), plus = ref First(offset), y = ref First(run);
        if (Fills512(rows))
            ScaleLanes<Lanes512<T>, T>.Scale(run.Length, rows, ref by, ref plus, ref y);
        else if (Fills256(rows))
            ScaleLanes<Lanes256<T>, T>.Scale(run.Length, rows, ref by, ref plus, ref y);
        else
            ScaleLanes<Lanes128<T>, T>.Scale(run.Length, rows, ref by, ref plus, ref y);
    }

    public static void ScaleAnew(
        int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> shift, ReadOnlySpan<T> factor, ReadOnlySpan<T> offset, Span<T> run, bool pastCaches)
    {
        if (pastCaches)
            ScaleAnew<On>(rows, x, shift, factor, offset, run);
        else
            ScaleAnew<Off>(rows, x, shift, factor, offset, run);
    }

    private static void ScaleAnew<TPastCaches>(
        int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> shift, ReadOnlySpan<T> factor, ReadOnlySpan<T> offset, Span<T> run)
        where TPastCaches : struct, ISwitch
    {
        ref T from = ref First(x), minus = ref First(shift), by = ref First(factor), plus = ref First(offset), y = ref First(run);
        if (Fills512(rows))
            ScaleLanes<Lanes512<T>, T>.ScaleAnew<TPastCaches>(run.Length, rows, ref from, ref minus, ref by, ref plus, ref y);
        else if (Fills256(rows))
            ScaleLanes<Lanes256<T>, T>.ScaleAnew<TPastCaches>(run.Length, rows, ref from, ref minus, ref by, ref plus, ref y);
        else
            ScaleLanes<Lanes128<T>, T>.ScaleAnew<TPastCaches>(run.Length, rows, ref from, ref minus, ref by, ref plus, ref y);
    }

    private static bool Fills512(nint rows) => InstructionSets.Best == InstructionSet.Avx512 && rows >= Lanes512<T>.Count;

    private static bool Fills256(nint rows) => InstructionSets.Best >= InstructionSet.Avx2 && rows >= Lanes256<T>.Count;

    private static ref T First(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);
}
