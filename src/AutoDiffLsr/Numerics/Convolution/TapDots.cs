using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// A <see cref="TapProductProblem{T}"/> of few input channels, whose products would be too flat: each entry of dW is a dot product of a pixel and a place over the
/// batch, summed over all places. Vectors lie along the batch, and tiles of 3 pixels by some output channels share what they read.
/// </summary>
/// <remarks>The rows of places fall into bands of a number that depends on the shape alone; a band has sums of its own, and they are added in order.</remarks>
internal sealed unsafe class TapDots<T, TVector, TSimd> : SharedWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    private const int MostBands = 8;
    private const int MostBytes = 1 << 23;

    // What a chunk reads of dY for one tile stays in the first-level cache.
    private const int ChunkBytes = 1 << 14;

    [ThreadStatic]
    private static TapDots<T, TVector, TSimd>? ofThisThread;

    private TapProductProblem<T> problem;
    private T[] room = [];
    private T* sums;
    private T* zeros;
    private int bands;

    /// <summary>As many sums as the registers hold, three pixels high.</summary>
    private static int TileColumns => TSimd.TileVectors * TSimd.TileColumns / DotTile.Rows;

    private ConvolutionShape Shape => problem.Shape;

    private int WeightRows => Shape.WeightRows;

    private int TileRows => (WeightRows + DotTile.Rows - 1) / DotTile.Rows;

    // Room for the vectors of sums of one band, each tile as large as the largest.
    private int SumsOfBand => Shape.Groups * TileRows * SliversOf(problem.OutputChannels) * DotTile.Rows * TileColumns * TSimd.Lanes;

    /// <summary>Computes all of dW.</summary>
    internal static void Compute(in TapProductProblem<T> problem, int threads)
    {
        TapDots<T, TVector, TSimd> work = ofThisThread ??= new();
        work.problem = problem;
        work.bands = Math.Clamp(MostBytes / (work.SumsOfBand * sizeof(T)), 1, Math.Min(MostBands, problem.Shape.Output.Height));
        int needed = (work.bands * work.SumsOfBand) + problem.Batch + TSimd.Lanes + (AlignedMemory.Line / sizeof(T));
        if (work.room.Length < needed)
            work.room = GC.AllocateUninitializedArray<T>(needed, pinned: true);
        fixed (T* memory = work.room)
        {
            work.sums = GemmBlocks<T, TVector, TSimd>.Align(memory);
            work.zeros = work.sums + ((nint)work.bands * work.SumsOfBand);
            new Span<T>(work.zeros, problem.Batch).Clear();
            long multiplications = (long)problem.Batch * problem.Shape.Output.Columns * problem.Shape.WeightRows;
            work.Run(work.bands, multiplications >= Gemm.ShareFrom ? threads : 1);
            work.Finish();
        }
    }

    /// <inheritdoc/>
    protected override void RunPart(int part)
    {
        new Span<T>(sums + ((nint)part * SumsOfBand), SumsOfBand).Clear();
        int rows = Shape.Output.Height, placesPerChunk = Math.Max(1, ChunkBytes / (problem.Batch * TileColumns * sizeof(T)));
        for (int row = part * rows / bands; row < (part + 1) * rows / bands; row++)
        {
            for (int place = 0; place < Shape.Output.Width; place += placesPerChunk)
            {
                for (int group = 0; group < Shape.Groups; group++)
                    AddChunk(part, group, row, place, Math.Min(placesPerChunk, Shape.Output.Width - place));
            }
        }
    }

    private static int SliversOf(int channels) => (channels + TileColumns - 1) / TileColumns;

    [SkipLocalsInit]
    private void AddChunk(int band, int group, int row, int firstPlace, int places)
    {
        T** pixels = stackalloc T*[places * DotTile.Rows];
        nint channelStride = (nint)Shape.Output.Pixels * problem.Batch;
        T* dy = problem.Output + (group * problem.OutputChannels * channelStride) + ((((nint)row * Shape.Output.Width) + firstPlace) * problem.Batch);
        for (int tileRow = 0; tileRow < TileRows; tileRow++)
        {
            FindPixels(group, row, firstPlace, places, tileRow * DotTile.Rows, pixels);
            T* tile = SumsOf(band, group, tileRow, 0);
            for (int channel = 0, width; channel < problem.OutputChannels; channel += width, tile += DotTile.Rows * TileColumns * TSimd.Lanes)
            {
                width = Math.Min(TileColumns, problem.OutputChannels - channel);
                DotTile<T, TVector, TSimd>.Add(width, pixels, places, dy + (channel * channelStride), channelStride, problem.Batch, tile);
            }
        }
    }

    // For each place the pixels that three rows of dW meet; zeros for the border and behind the last row.
    private void FindPixels(int group, int row, int firstPlace, int places, int weightRow, T** pixels)
    {
        Window window = Shape.Window;
        for (int i = 0; i < DotTile.Rows; i++)
        {
            (int channel, int tap) = Math.DivRem(weightRow + i, Shape.Taps2D);
            (int vertical, int horizontal) = Math.DivRem(tap, window.Kernel.Width);
            int pixelRow = (row * window.Stride.Height) - window.Padding.Height + (vertical * window.Dilation.Height);
            bool isInside = weightRow + i < WeightRows && pixelRow >= 0 && pixelRow < Shape.Input.Height;
            T* start = problem.Input + ((((((nint)group * problem.InputChannels) + channel) * Shape.Input.Height) + pixelRow) * Shape.Input.Width * problem.Batch);
            int pixel = (firstPlace * window.Stride.Width) - window.Padding.Width + (horizontal * window.Dilation.Width);
            for (int place = 0; place < places; place++, pixel += window.Stride.Width)
                pixels[(place * DotTile.Rows) + i] = isInside && pixel >= 0 && pixel < Shape.Input.Width ? start + ((nint)pixel * problem.Batch) : zeros;
        }
    }

    private T* SumsOf(int band, int group, int tileRow, int sliver) => sums + ((nint)band * SumsOfBand)
        + ((((((nint)group * TileRows) + tileRow) * SliversOf(problem.OutputChannels)) + sliver) * DotTile.Rows * TileColumns * TSimd.Lanes);

    // Adds the bands and the lanes of each sum.
    private void Finish()
    {
        for (int group = 0; group < Shape.Groups; group++)
        {
            for (int channel = 0; channel < problem.OutputChannels; channel++)
            {
                T* dw = problem.Weights + ((((nint)group * problem.OutputChannels) + channel) * WeightRows);
                for (int row = 0; row < WeightRows; row++)
                    dw[row] = Total(group, row, channel);
            }
        }
    }

    private T Total(int group, int row, int channel)
    {
        T total = T.Zero;
        for (int band = 0; band < bands; band++)
        {
            T* lanes = SumsOf(band, group, row / DotTile.Rows, channel / TileColumns) + (((channel % TileColumns * DotTile.Rows) + (row % DotTile.Rows)) * TSimd.Lanes);
            total += System.Numerics.Tensors.TensorPrimitives.Sum(new ReadOnlySpan<T>(lanes, TSimd.Lanes));
        }

        return total;
    }
}
