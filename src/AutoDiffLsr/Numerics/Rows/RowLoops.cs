using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary><see cref="RowLanes{L, T}"/> at the widest vectors that the machine has and the rows fill.</summary>
internal static class RowLoops<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The fewest rows there may be: one vector of the narrowest kind.</summary>
    public static int FewestRows => Lanes128<T>.Count;

    public static void Maxima(in RowBlock<T> block, Span<T> labels, Span<T> shift, Span<T> target)
    {
        ref T label = ref First(labels), offset = ref First(shift), own = ref First(target);
        if (Fills512(block.Rows))
            RowLanes<Lanes512<T>, T>.Maxima(block, ref label, ref offset, ref own);
        else if (Fills256(block.Rows))
            RowLanes<Lanes256<T>, T>.Maxima(block, ref label, ref offset, ref own);
        else
            RowLanes<Lanes128<T>, T>.Maxima(block, ref label, ref offset, ref own);
    }

    public static void Sums(in RowBlock<T> block, Span<T> labels, Span<T> shift, Span<T> sum)
    {
        ref T label = ref First(labels), offset = ref First(shift), total = ref First(sum);
        if (Fills512(block.Rows))
            RowLanes<Lanes512<T>, T>.Sums(block, ref label, ref offset, ref total);
        else if (Fills256(block.Rows))
            RowLanes<Lanes256<T>, T>.Sums(block, ref label, ref offset, ref total);
        else
            RowLanes<Lanes128<T>, T>.Sums(block, ref label, ref offset, ref total);
    }

    public static void SumsKept(in RowBlock<T> block, Span<T> labels, Span<T> shift, Span<T> sum, Span<T> kept)
    {
        ref T label = ref First(labels), offset = ref First(shift), total = ref First(sum), y = ref First(kept);
        if (Fills512(block.Rows))
            RowLanes<Lanes512<T>, T>.SumsKept(block, ref label, ref offset, ref total, ref y);
        else if (Fills256(block.Rows))
            RowLanes<Lanes256<T>, T>.SumsKept(block, ref label, ref offset, ref total, ref y);
        else
            RowLanes<Lanes128<T>, T>.SumsKept(block, ref label, ref offset, ref total, ref y);
    }

    public static void Distances(in RowBlock<T> block, Span<T> shift, Span<T> sum)
    {
        ref T offset = ref First(shift), total = ref First(sum);
        if (Fills512(block.Rows))
            RowLanes<Lanes512<T>, T>.Distances(block, ref offset, ref total);
        else if (Fills256(block.Rows))
            RowLanes<Lanes256<T>, T>.Distances(block, ref offset, ref total);
        else
            RowLanes<Lanes128<T>, T>.Distances(block, ref offset, ref total);
    }

    public static void Scale(in RowBlock<T> block, Span<T> labels, Span<T> factor, Span<T> offset, Span<T> own)
    {
        ref T label = ref First(labels), by = ref First(factor), plus = ref First(offset), at = ref First(own);
        if (Fills512(block.Rows))
            RowLanes<Lanes512<T>, T>.Scale(block, ref label, ref by, ref plus, ref at);
        else if (Fills256(block.Rows))
            RowLanes<Lanes256<T>, T>.Scale(block, ref label, ref by, ref plus, ref at);
        else
            RowLanes<Lanes128<T>, T>.Scale(block, ref label, ref by, ref plus, ref at);
    }

    public static void ScaleAnew(in RowBlock<T> block, Span<T> labels, Span<T> shift, Span<T> factor, Span<T> offset, Span<T> own, Span<T> result)
    {
        ref T label = ref First(labels), minus = ref First(shift), by = ref First(factor), plus = ref First(offset), at = ref First(own), y = ref First(result);
        if (Fills512(block.Rows))
            RowLanes<Lanes512<T>, T>.ScaleAnew(block, ref label, ref minus, ref by, ref plus, ref at, ref y);
        else if (Fills256(block.Rows))
            RowLanes<Lanes256<T>, T>.ScaleAnew(block, ref label, ref minus, ref by, ref plus, ref at, ref y);
        else
            RowLanes<Lanes128<T>, T>.ScaleAnew(block, ref label, ref minus, ref by, ref plus, ref at, ref y);
    }

    private static bool Fills512(nint rows) => InstructionSets.Best == InstructionSet.Avx512 && rows >= Lanes512<T>.Count;

    private static bool Fills256(nint rows) => InstructionSets.Best >= InstructionSet.Avx2 && rows >= Lanes256<T>.Count;

    private static ref T First(Span<T> span) => ref MemoryMarshal.GetReference(span);
}
