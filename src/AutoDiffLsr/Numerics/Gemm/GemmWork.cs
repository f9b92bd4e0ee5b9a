using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>A product cut along the longer side of C into parts that any thread may take.</summary>
internal sealed class GemmWork<T, TVector, TSimd> : SharedWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    // More parts than threads, so that a thread that starts late or is taken away leaves its parts to the others.
    private const int PartsPerThread = 4;

    [ThreadStatic]
    private static GemmWork<T, TVector, TSimd>? ofThisThread;

    private GemmProblem<T> problem;
    private bool byRows;
    private int partSize;

    /// <summary>Computes the whole product; the caller's thread takes every part that no helper has claimed.</summary>
    internal static void Share(in GemmProblem<T> problem, int threads)
    {
        GemmWork<T, TVector, TSimd> work = ofThisThread ??= new();
        work.problem = problem;
        work.byRows = problem.Rows >= problem.Columns;
        int side = work.byRows ? problem.Rows : problem.Columns;
        int unit = work.byRows ? GemmBlocks<T, TVector, TSimd>.TileRows : TSimd.TileColumns; // whole tiles
        int units = (side + unit - 1) / unit;
        int unitsPerPart = Math.Max(1, units / (threads * PartsPerThread));
        work.partSize = unitsPerPart * unit;
        work.Run((units + unitsPerPart - 1) / unitsPerPart, threads);
    }

    /// <inheritdoc/>
    protected override void RunPart(int part)
    {
        int first = part * partSize;
        GemmBlocks<T, TVector, TSimd>.Multiply(byRows
            ? problem.SomeRows(first, Math.Min(partSize, problem.Rows - first))
            : problem.SomeColumns(first, Math.Min(partSize, problem.Columns - first)));
    }
}
