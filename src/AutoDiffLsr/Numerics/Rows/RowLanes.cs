using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The order of the loops of softmax and the losses: the lanes of a vector are neighbouring rows, which is how a column lies in memory. There are at least as
/// many rows as lanes. The last vector ends where the rows end; what it has in common with the one before is computed twice, to the same result.
/// </summary>
internal static class RowLanes<L, T>
    where L : struct, ILanes<L, T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The start of the next vector of rows; the last one is moved back so that it ends with the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Next(nint row, nint rows) => row + L.Count == rows ? rows : Math.Min(row + L.Count, rows - L.Count);
}
