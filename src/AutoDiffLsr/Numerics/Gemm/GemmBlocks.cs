using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Cuts a product into blocks that fit the caches: columns of B (second-level cache), inner pieces, row panels of A (first-level cache), slivers of B,
/// tiles of C (registers). docs/performance.md draws it.
/// </summary>
/// <remarks>
/// Each element of C is summed over the inner direction in order, in pieces that depend on nothing but its length; every tile shape does the same
/// arithmetic. So an element has the same bits wherever it lies and however C was shared out.
/// </remarks>
internal static unsafe class GemmBlocks<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    internal const int Alignment = 64;

    private const int PageBytes = 4096;

    [ThreadStatic]
    private static T[]? packedColumns;

    /// <summary>The height of a full tile.</summary>
    internal static int TileRows => TSimd.TileVectors * TSimd.Lanes;

    // A panel of 48 floats x 128 takes 24 of the 32 KiB of a small first-level cache and leaves room for a sliver of B.
    internal static int MostInner => 256;

    // With MostInner floats each, 1024 columns take half of a 1 MiB second-level cache.
    private static int MostColumns => 2048 / sizeof(T);

    /// <summary>Computes the whole product on this thread.</summary>
    internal static void Multiply(in GemmProblem<T> problem)
    {
        if (problem.Inner == 0 || T.IsZero(problem.Alpha))
            Scale(problem);
        else if (problem.Inner <= MostInner && problem.Columns <= MostColumns)
            MultiplyBlock(problem);
        else
            MultiplyBlocks(problem);
    }

    private static void MultiplyBlocks(in GemmProblem<T> problem)
    {
        int pieces = (problem.Inner + MostInner - 1) / MostInner;
        int inner = (problem.Inner + pieces - 1) / pieces;
        for (int column = 0; column < problem.Columns; column += MostColumns)
        {
            GemmProblem<T> columns = problem.SomeColumns(column, Math.Min(MostColumns, problem.Columns - column));
            for (int first = 0; first < problem.Inner; first += inner)
                MultiplyBlock(columns.SomeInner(first, Math.Min(inner, problem.Inner - first)));
        }
    }

    // C = beta · C
    private static void Scale(in GemmProblem<T> problem)
    {
        for (int j = 0; j < problem.Columns; j++)
        {
            var column = new Span<T>(problem.C + (j * problem.StrideC), problem.Rows);
            if (T.IsZero(problem.Beta))
                column.Clear();
            else
                System.Numerics.Tensors.TensorPrimitives.Multiply(column, problem.Beta, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyBlock(in GemmProblem<T> block)
    {
        if (!IsWorthPackingB(block))
        {
            MultiplyStrips(block, null);
            return;
        }

        packedColumns ??= GC.AllocateUninitializedArray<T>((MostColumns * MostInner) + (2 * TSimd.Lanes) + (Alignment / sizeof(T)), pinned: true);
        fixed (T* buffer = packedColumns)
        {
            PackB(block, Align(buffer));
            MultiplyStrips(block, Align(buffer));
        }
    }

    // Panel after panel of A against the whole of B. The panel's memory is the stack's: nothing to rent or to leave behind.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void MultiplyStrips(in GemmProblem<T> block, T* packedB)
    {
        bool pack = IsWorthPackingA(block);
        T* memory = stackalloc T[pack || block.Rows % TSimd.Lanes != 0 ? (TileRows * block.Inner) + TSimd.Lanes + (Alignment / sizeof(T)) : 0];
        T* panel = Align(memory);
        for (int row = 0; row < block.Rows;)
        {
            int rows = Gemm.Share(block.Rows - row, TileRows, TSimd.Lanes);
            if (!pack && rows > TSimd.Lanes)
                rows -= rows % TSimd.Lanes; // whole vectors are read in place; only what is left over is packed
            GemmFactor<T> a = block.A.From(row, 0);
            if (pack || rows % TSimd.Lanes != 0)
            {
                int width = (rows + TSimd.Lanes - 1) / TSimd.Lanes * TSimd.Lanes;
                GemmPacking<T, TVector, TSimd>.Pack(a, rows, width, block.Inner, panel);
                a = new GemmFactor<T>(panel, 1, width);
            }

            MultiplyStrip(block, rows, a, packedB, block.C + row);
            row += rows;
        }
    }

    internal static T* Align(T* memory) => (T*)(((nuint)memory + Alignment - 1) & ~(nuint)(Alignment - 1));

    // In place, A is read as whole vectors. Where each step of the inner direction opens a page of its own, a copy pays once enough slivers of B read it.
    private static bool IsWorthPackingA(in GemmProblem<T> block) =>
        block.A.Along != 1 || (block.A.Inner * sizeof(T) >= PageBytes && block.Columns > 6 * TSimd.TileColumns);

    // In place, B is read as TileColumns runs, which is as good as a copy. Transposed, each step opens a new line and page; a copy pays if enough strips
    // of A read it.
    private static bool IsWorthPackingB(in GemmProblem<T> block) => block.B.Along == 1
        && block.Rows > 2 * TileRows && block.Columns > TSimd.TileColumns && (long)block.Columns * block.Inner * sizeof(T) > 64 * 1024;

    private static void PackB(in GemmProblem<T> block, T* sliver)
    {
        for (int column = 0; column < block.Columns;)
        {
            int columns = Gemm.Share(block.Columns - column, TSimd.TileColumns, 1);
            GemmPacking<T, TVector, TSimd>.Pack(block.B.From(column, 0), columns, columns, block.Inner, sliver);
            sliver += columns * block.Inner;
            column += columns;
        }
    }

    // One panel of A against every sliver of B.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyStrip(in GemmProblem<T> block, int rows, GemmFactor<T> a, T* packedB, T* c)
    {
        GemmRun whole = new(0, 0, block.Inner);
        GemmRuns runs = new(&whole, 1);
        for (int column = 0; column < block.Columns;)
        {
            int columns = Gemm.Share(block.Columns - column, TSimd.TileColumns, 1);
            GemmFactor<T> b = packedB is null ? block.B.From(column, 0) : new GemmFactor<T>(packedB + ((nint)column * block.Inner), 1, columns);
            T* target = c + (column * block.StrideC);
            MultiplyTile(rows, columns, runs, a, b, block.Alpha, block.Beta, target, block.StrideC);
            column += columns;
        }
    }

    /// <summary>One tile of C, of any height up to <see cref="TileRows"/>; A's columns are readable to the end of their last vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplyTile(int rows, int columns, GemmRuns runs, in GemmFactor<T> a, in GemmFactor<T> b, T alpha, T beta, T* c, nint strideC)
    {
        if (rows % TSimd.Lanes == 0)
            MultiplyWholeTile(rows, columns, runs, a, b, alpha, beta, c, strideC);
        else
            MultiplyRaggedTile(rows, columns, runs, a, b, alpha, beta, c, strideC);
    }

    // A tile whose last vector reaches beyond C is summed beside C; then alpha and beta act on its part of C just as in the kernel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void MultiplyRaggedTile(int rows, int columns, GemmRuns runs, in GemmFactor<T> a, in GemmFactor<T> b, T alpha, T beta, T* c, nint strideC)
    {
        T* memory = stackalloc T[(TileRows * TSimd.TileColumns) + (Alignment / sizeof(T))];
        T* sums = Align(memory);
        MultiplyWholeTile(rows, columns, runs, a, b, T.One, T.Zero, sums, TileRows);
        for (; columns > 0; columns--, sums += TileRows, c += strideC)
        {
            int row = 0;
            for (; row + TSimd.Lanes <= rows; row += TSimd.Lanes)
                TSimd.Store(c + row, GemmTile<T, TVector, TSimd>.Combine(TSimd.Load(sums + row), TSimd.Load(c + row), alpha, beta));
            TVector old = TSimd.LoadFirst(c + row, rows - row);
            TSimd.StoreFirst(c + row, GemmTile<T, TVector, TSimd>.Combine(TSimd.Load(sums + row), old, alpha, beta), rows - row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyWholeTile(int rows, int columns, GemmRuns runs, in GemmFactor<T> a, in GemmFactor<T> b, T alpha, T beta, T* c, nint strideC)
    {
        if (rows <= TSimd.Lanes)
            MultiplyTile<Size1>(columns, runs, a, b, alpha, beta, c, strideC);
        else if (rows <= 2 * TSimd.Lanes)
            MultiplyTile<Size2>(columns, runs, a, b, alpha, beta, c, strideC);
        else
            MultiplyTile<Size3>(columns, runs, a, b, alpha, beta, c, strideC);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyTile<TVectors>(int columns, GemmRuns runs, in GemmFactor<T> a, in GemmFactor<T> b, T alpha, T beta, T* c, nint strideC)
        where TVectors : struct, ISize
    {
        switch (columns)
        {
            case 1: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size1>(runs, a, b, alpha, beta, c, strideC); break;
            case 2: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size2>(runs, a, b, alpha, beta, c, strideC); break;
            case 3: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size3>(runs, a, b, alpha, beta, c, strideC); break;
            case 4: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size4>(runs, a, b, alpha, beta, c, strideC); break;
            case 5: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size5>(runs, a, b, alpha, beta, c, strideC); break;
            case 6: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size6>(runs, a, b, alpha, beta, c, strideC); break;
            case 7: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size7>(runs, a, b, alpha, beta, c, strideC); break;
            default: GemmTile<T, TVector, TSimd>.Multiply<TVectors, Size8>(runs, a, b, alpha, beta, c, strideC); break;
        }
    }
}
