using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>What all <see cref="DotTile{T, TVector, TSimd}"/>s share.</summary>
internal static class DotTile
{
    /// <summary>The pixels of a tile.</summary>
    internal const int Rows = 3;
}

/// <summary>The kernel of <see cref="TapDots{T, TVector, TSimd}"/>: a tile of dot products, whose sums stay in registers as vectors over the batch.</summary>
internal static unsafe class DotTile<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    /// <summary>sums[k, i] += Σ pixel[place, i] · dY[place, k] over the places, for up to 8 channels k and 3 pixels i a place; lane l sums samples l, l + lanes, ...</summary>
    internal static void Add(int columns, T** pixels, int places, T* dy, nint channelStride, int batch, T* sums)
    {
        int tail = batch % TSimd.Lanes, whole = batch - tail;
        if (whole > 0)
            Add<Off>(columns, new Samples(0, whole, batch), pixels, places, dy, channelStride, sums);
        if (tail > 0)
            Add<On>(columns, new Samples(whole, tail, batch), pixels, places, dy, channelStride, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add<TMasked>(int columns, Samples samples, T** pixels, int places, T* dy, nint channelStride, T* sums)
        where TMasked : struct, ISwitch
    {
        switch (columns)
        {
            case 1: Add<Size1, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
            case 2: Add<Size2, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
            case 3: Add<Size3, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
            case 4: Add<Size4, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
            case 5: Add<Size5, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
            case 6: Add<Size6, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
            case 7: Add<Size7, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
            default: Add<Size8, TMasked>(samples, pixels, places, dy, channelStride, sums); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add<TColumns, TMasked>(Samples samples, T** pixels, int places, T* dy, nint channelStride, T* sums)
        where TColumns : struct, ISize
        where TMasked : struct, ISwitch
    {
        const int Rows = DotTile.Rows;
        nint stride3 = channelStride * 3, stride5 = channelStride * 5, stride7 = channelStride * 7;
        int size = Rows * TSimd.Lanes, count = samples.Count;
        dy += samples.First;
        Column c0 = Column.Load(sums), c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        if (TColumns.Value > 1)
            c1 = Column.Load(sums + size);
        if (TColumns.Value > 2)
            c2 = Column.Load(sums + (2 * size));
        if (TColumns.Value > 3)
            c3 = Column.Load(sums + (3 * size));
        if (TColumns.Value > 4)
            c4 = Column.Load(sums + (4 * size));
        if (TColumns.Value > 5)
            c5 = Column.Load(sums + (5 * size));
        if (TColumns.Value > 6)
            c6 = Column.Load(sums + (6 * size));
        if (TColumns.Value > 7)
            c7 = Column.Load(sums + (7 * size));
        for (; places > 0; places--, pixels += Rows)
        {
            T* p0 = pixels[0] + samples.First, p1 = pixels[1] + samples.First, p2 = pixels[2] + samples.First, b = dy;
            for (int left = count; left > 0; left -= TSimd.Lanes)
            {
                TVector a0 = Load<TMasked>(p0, count), a1 = Load<TMasked>(p1, count), a2 = Load<TMasked>(p2, count);
                c0 = c0.Add(a0, a1, a2, Load<TMasked>(b, count));
                if (TColumns.Value > 1)
                    c1 = c1.Add(a0, a1, a2, Load<TMasked>(b + channelStride, count));
                if (TColumns.Value > 2)
                    c2 = c2.Add(a0, a1, a2, Load<TMasked>(b + (2 * channelStride), count));
                if (TColumns.Value > 3)
                    c3 = c3.Add(a0, a1, a2, Load<TMasked>(b + stride3, count));
                if (TColumns.Value > 4)
                    c4 = c4.Add(a0, a1, a2, Load<TMasked>(b + (4 * channelStride), count));
                if (TColumns.Value > 5)
                    c5 = c5.Add(a0, a1, a2, Load<TMasked>(b + stride5, count));
                if (TColumns.Value > 6)
                    c6 = c6.Add(a0, a1, a2, Load<TMasked>(b + (2 * stride3), count));
                if (TColumns.Value > 7)
                    c7 = c7.Add(a0, a1, a2, Load<TMasked>(b + stride7, count));
                p0 += TSimd.Lanes;
                p1 += TSimd.Lanes;
                p2 += TSimd.Lanes;
                b += TSimd.Lanes;
            }

            dy += samples.Batch;
        }

        c0.Store(sums);
        if (TColumns.Value > 1)
            c1.Store(sums + size);
        if (TColumns.Value > 2)
            c2.Store(sums + (2 * size));
        if (TColumns.Value > 3)
            c3.Store(sums + (3 * size));
        if (TColumns.Value > 4)
            c4.Store(sums + (4 * size));
        if (TColumns.Value > 5)
            c5.Store(sums + (5 * size));
        if (TColumns.Value > 6)
            c6.Store(sums + (6 * size));
        if (TColumns.Value > 7)
            c7.Store(sums + (7 * size));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TMasked>(T* source, int count)
        where TMasked : struct, ISwitch => TMasked.IsOn ? TSimd.LoadFirst(source, count) : TSimd.Load(source);

    /// <summary>Whole vectors of samples, or the few that are left of a batch.</summary>
    private readonly record struct Samples(int First, int Count, int Batch);

    /// <summary>The sums of one channel. The JIT takes a struct of three vectors apart into three registers.</summary>
    private readonly struct Column(TVector first, TVector second, TVector third)
    {
        private readonly TVector first = first;
        private readonly TVector second = second;
        private readonly TVector third = third;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static Column Load(T* sums) => new(TSimd.Load(sums), TSimd.Load(sums + TSimd.Lanes), TSimd.Load(sums + (2 * TSimd.Lanes)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Column Add(TVector a0, TVector a1, TVector a2, TVector b) =>
            new(TSimd.MultiplyAdd(a0, b, first), TSimd.MultiplyAdd(a1, b, second), TSimd.MultiplyAdd(a2, b, third));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Store(T* sums)
        {
            TSimd.Store(sums, first);
            TSimd.Store(sums + TSimd.Lanes, second);
            TSimd.Store(sums + (2 * TSimd.Lanes), third);
        }
    }
}
