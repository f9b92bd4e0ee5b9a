using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// A sum of products over the taps of a window: for each target pixel q, target[q] = Σ source[p] · weights[tap] over the (p, tap) that reach q. It is a
/// convolution where targets are places of the window, and the gradient for its input where they are pixels that the window reads.
/// </summary>
internal unsafe struct TapSumProblem<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>N, the rows of source and target.</summary>
    internal int Batch;

    /// <summary>N x (all channels · pixels).</summary>
    internal T* Source;

    internal T* Target;

    /// <summary>The channels of one group.</summary>
    internal int SourceChannels;

    internal int TargetChannels;

    internal int SourceWidth;

    internal int SourcePixels;

    internal int TargetPixels;

    internal int Groups;

    /// <summary>Which sources each row of targets, and each column of them, meets.</summary>
    internal AxisTaps Rows;

    internal AxisTaps Columns;

    internal Size2D Kernel;

    /// <summary>PyTorch's order: output channel, input channel of the group, tap.</summary>
    internal T* Weights;

    /// <summary>The distance in the weights from one source channel to the next.</summary>
    internal int SourceStride;

    internal int TargetStride;

    /// <summary>A number for each target channel, which is added; null for none.</summary>
    internal T* Bias;

    internal readonly int Taps => Kernel.Height * Kernel.Width;
}

/// <summary>Computes a <see cref="TapSumProblem{T}"/> on the tiles of the product, one row of target pixels at a time.</summary>
/// <remarks>
/// The numbers of one pixel for all samples stand side by side, so source[p] is an N x C matrix within the batch whose columns are a whole channel apart, and
/// no patch is ever copied together. Pixels that follow one another in a row and meet the same taps do so in memory too: they are one taller matrix.
/// </remarks>
internal sealed unsafe class TapSum<T, TVector, TSimd> : SharedWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    // Up to this many slivers of weights read A in place; more are worth a packed copy.
    private const int SliversInPlace = 2;

    // A block of the target that stays in the second-level cache from piece to piece.
    private const int BlockBytes = 1 << 19;

    [ThreadStatic]
    private static TapSum<T, TVector, TSimd>? ofThisThread;

    private readonly PackedWeights<T> packed = new();
    private TapSumProblem<T> problem;
    private T* weights;

    private int WeightsOfGroup => problem.Taps * problem.SourceChannels * problem.TargetChannels;

    private nint SourceChannelStride => (nint)problem.SourcePixels * problem.Batch;

    private nint TargetChannelStride => (nint)problem.TargetPixels * problem.Batch;

    /// <summary>Computes the whole of the target.</summary>
    internal static void Compute(in TapSumProblem<T> problem, int threads)
    {
        TapSum<T, TVector, TSimd> work = ofThisThread ??= new();
        work.problem = problem;
        fixed (T* memory = work.packed.Room(problem))
        {
            work.weights = GemmBlocks<T, TVector, TSimd>.Align(memory);
            PackedWeights<T>.Fill(problem, TSimd.TileColumns, work.weights);
            int parts = problem.Groups * problem.Rows.Count;
            bool share = (long)problem.Groups * work.WeightsOfGroup * problem.TargetPixels * problem.Batch >= Gemm.ShareFrom;
            work.Run(parts, share ? threads : 1);
        }
    }

    /// <inheritdoc/>
    protected override void RunPart(int part)
    {
        (int group, int row) = Math.DivRem(part, problem.Rows.Count);
        int rowBytes = problem.Columns.Count * problem.Batch * sizeof(T);
        int mostChannels = Math.Max(8 * TSimd.TileColumns, BlockBytes / Math.Max(1, rowBytes));
        for (int first = 0, end; first < problem.TargetChannels; first = end)
        {
            for (end = first; end < problem.TargetChannels && end - first < mostChannels;)
                end += Gemm.Share(problem.TargetChannels - end, TSimd.TileColumns, 1);
            ComputeRow(new RowBlock(group, row, first, end));
        }
    }

    // Piece after piece of the sum, each over the whole row, so that the piece's weights are used often while they are near.
    private void ComputeRow(RowBlock block)
    {
        int channels = Pieces(problem.SourceChannels), taps = Math.Max(1, GemmBlocks<T, TVector, TSimd>.MostInner / problem.SourceChannels);
        taps = Evenly(problem.Taps, taps);
        Begin(block);
        for (int tap = 0; tap < problem.Taps; tap += taps)
        {
            for (int channel = 0; channel < problem.SourceChannels; channel += channels)
                AddPiece(block, new Piece(tap, Math.Min(tap + taps, problem.Taps), channel, Math.Min(channels, problem.SourceChannels - channel)));
        }
    }

    private static int Pieces(int inner) => Evenly(inner, GemmBlocks<T, TVector, TSimd>.MostInner);

    // The size of equal pieces, none above the limit.
    private static int Evenly(int count, int most)
    {
        int pieces = (count + most - 1) / most;
        return (count + pieces - 1) / pieces;
    }

    // The sums begin with the bias, or with nothing. Pixels that no tap reaches, as with a padding wider than the kernel, keep that.
    private void Begin(RowBlock block)
    {
        bool allAreReached = problem.Bias is null;
        for (int column = 0; column < problem.Columns.Count && allAreReached; column++)
            allAreReached = problem.Rows[block.Row].Length > 0 && problem.Columns[column].Length > 0;
        if (allAreReached)
            return;
        for (int channel = block.FirstChannel; channel < block.EndChannel; channel++)
        {
            T bias = problem.Bias is null ? T.Zero : problem.Bias[(block.Group * problem.TargetChannels) + channel];
            new Span<T>(TargetOf(block, 0, channel), problem.Columns.Count * problem.Batch).Fill(bias);
        }
    }

    [SkipLocalsInit]
    private void AddPiece(RowBlock block, Piece piece)
    {
        GemmRun* runs = stackalloc GemmRun[piece.EndTap - piece.FirstTap];
        int length;
        for (int column = 0; column < problem.Columns.Count; column += length)
        {
            length = problem.Columns.RunLength(column);
            int count = FindRuns(block, piece, column, runs, out bool begins);
            if (count > 0)
                AddStrips(block, column, length * problem.Batch, new GemmRuns(runs, count), begins && problem.Bias is null ? T.Zero : T.One);
        }
    }

    // The taps of a pixel that are in the piece; begins says that no earlier piece has any of its taps.
    private int FindRuns(RowBlock block, Piece piece, int column, GemmRun* runs, out bool begins)
    {
        int count = 0;
        begins = piece.FirstChannel == 0;
        nint sourceOfGroup = block.Group * problem.SourceChannels * SourceChannelStride;
        foreach (Tap vertical in problem.Rows[block.Row])
        {
            foreach (Tap horizontal in problem.Columns[column])
            {
                int tap = (vertical.Index * problem.Kernel.Width) + horizontal.Index;
                begins &= tap >= piece.FirstTap;
                if (tap < piece.FirstTap || tap >= piece.EndTap)
                    continue;
                nint pixel = ((nint)vertical.Source * problem.SourceWidth) + horizontal.Source;
                runs[count++] = new GemmRun(
                    sourceOfGroup + (piece.FirstChannel * SourceChannelStride) + (pixel * problem.Batch),
                    (tap * problem.SourceChannels) + piece.FirstChannel,
                    piece.Channels);
            }
        }

        return count;
    }

    // The samples of neighbouring pixels, a tile's height at a time, against all slivers of weights.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private void AddStrips(RowBlock block, int column, int rows, GemmRuns runs, T beta)
    {
        int tileRows = GemmBlocks<T, TVector, TSimd>.TileRows, inner = 0;
        for (int i = 0; i < runs.Count; i++)
            inner += (int)runs.First[i].Count;
        bool pack = block.EndChannel - block.FirstChannel > SliversInPlace * TSimd.TileColumns;
        T* memory = stackalloc T[pack || rows % TSimd.Lanes != 0 ? (tileRows * inner) + TSimd.Lanes + (GemmBlocks<T, TVector, TSimd>.Alignment / sizeof(T)) : 0];
        T* panel = GemmBlocks<T, TVector, TSimd>.Align(memory);
        GemmRun* packedRuns = stackalloc GemmRun[runs.Count];
        T* target = TargetOf(block, column, block.FirstChannel);
        for (int row = 0, height; row < rows; row += height)
        {
            height = Gemm.Share(rows - row, tileRows, TSimd.Lanes);
            if (!pack && height > TSimd.Lanes)
                height -= height % TSimd.Lanes;
            GemmFactor<T> source = new(problem.Source + row, 1, SourceChannelStride);
            if (pack || height % TSimd.Lanes != 0)
                AddStrip(block, height, Pack(source, height, runs, packedRuns, panel), new GemmRuns(packedRuns, runs.Count), target + row, beta);
            else
                AddStrip(block, height, source, runs, target + row, beta);
        }
    }

    // The runs of A side by side.
    private static GemmFactor<T> Pack(GemmFactor<T> source, int height, GemmRuns runs, GemmRun* packedRuns, T* panel)
    {
        int width = (height + TSimd.Lanes - 1) / TSimd.Lanes * TSimd.Lanes;
        nint filled = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            GemmRun run = runs.First[i];
            GemmPacking<T, TVector, TSimd>.Pack(new GemmFactor<T>(source.Start + run.A, source.Along, source.Inner), height, width, (int)run.Count, panel + filled);
            packedRuns[i] = run with { A = filled };
            filled += run.Count * width;
        }

        return new GemmFactor<T>(panel, 1, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddStrip(RowBlock block, int height, in GemmFactor<T> a, GemmRuns runs, T* target, T beta)
    {
        T* ofGroup = weights + ((nint)block.Group * WeightsOfGroup);
        nint depth = problem.Taps * problem.SourceChannels;
        for (int channel = block.FirstChannel, width; channel < block.EndChannel; channel += width)
        {
            width = Gemm.Share(problem.TargetChannels - channel, TSimd.TileColumns, 1);
            GemmFactor<T> sliver = new(ofGroup + (channel * depth), 1, width);
            T* c = target + ((channel - block.FirstChannel) * TargetChannelStride);
            GemmBlocks<T, TVector, TSimd>.MultiplyTile(height, width, runs, a, sliver, T.One, beta, c, TargetChannelStride);
        }
    }

    private T* TargetOf(RowBlock block, int column, int channel) => problem.Target
        + ((((nint)block.Group * problem.TargetChannels) + channel) * TargetChannelStride) + ((((nint)block.Row * problem.Columns.Count) + column) * problem.Batch);

    /// <summary>Some channels of one row of targets.</summary>
    private readonly record struct RowBlock(int Group, int Row, int FirstChannel, int EndChannel);

    /// <summary>Some taps, or some channels of one tap.</summary>
    private readonly record struct Piece(int FirstTap, int EndTap, int FirstChannel, int Channels);
}
