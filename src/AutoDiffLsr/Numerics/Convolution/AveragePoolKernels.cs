using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Numerics;

/// <summary>The mean of each window, and its transpose.</summary>
internal static class AveragePoolKernels
{
    /// <summary>y[q] = Σ x[p] / count over the pixels p of window q.</summary>
    public static void Average<T>(ReadOnlySpan<T> x, Span<T> y, int batch, PoolingShape shape, bool countPadding)
        where T : struct, IFloatingPointIeee754<T>
    {
        PoolWindows windows = new(shape, batch);
        while (windows.MoveNext())
        {
            Span<T> place = y.Slice(windows.Place, batch);
            x.Slice(windows.Pixels[0], batch).CopyTo(place);
            foreach (int pixel in windows.Pixels[1..])
                TensorPrimitives.Add(place, x.Slice(pixel, batch), place);
            TensorPrimitives.Multiply(place, Share<T>(windows, shape, countPadding), place);
        }
    }

    /// <summary>dx[p] = Σ dy[q] / count over the windows q that p is in.</summary>
    public static void Spread<T>(ReadOnlySpan<T> dy, Span<T> dx, int batch, PoolingShape shape, bool countPadding)
        where T : struct, IFloatingPointIeee754<T>
    {
        dx.Clear();
        PoolWindows windows = new(shape, batch);
        while (windows.MoveNext())
        {
            ReadOnlySpan<T> place = dy.Slice(windows.Place, batch);
            T share = Share<T>(windows, shape, countPadding);
            foreach (int pixel in windows.Pixels)
                TensorPrimitives.MultiplyAdd(place, share, dx.Slice(pixel, batch), dx.Slice(pixel, batch));
        }
    }

    private static T Share<T>(PoolWindows windows, PoolingShape shape, bool countPadding)
        where T : struct, IFloatingPointIeee754<T> => T.One / T.CreateChecked(countPadding ? shape.Window.Taps : windows.Pixels.Length);
}
