namespace AutoDiffLsr.Numerics;

/// <summary>A pixel of the window and the pixel of the source that it meets, along one axis.</summary>
internal readonly record struct Tap(int Index, int Source);

/// <summary>
/// For each target coordinate along one axis, the taps that reach it and where from. Border pixels are not sources, so a target near the border has fewer
/// taps and nothing is ever multiplied by a zero of the padding.
/// </summary>
internal sealed class AxisTaps
{
    private readonly Tap[][] taps;
    private readonly int[] runs;

    private AxisTaps(Tap[][] taps)
    {
        this.taps = taps;
        runs = new int[taps.Length];
        for (int i = taps.Length - 1; i >= 0; i--)
            runs[i] = i + 1 < taps.Length && IsOneFurther(taps[i], taps[i + 1]) ? runs[i + 1] + 1 : 1;
    }

    /// <summary>The number of targets.</summary>
    public int Count => taps.Length;

    /// <summary>Whether every target has a tap.</summary>
    public bool AllAreReached => Array.TrueForAll(taps, met => met.Length > 0);

    /// <summary>The taps of a target, by index.</summary>
    public ReadOnlySpan<Tap> this[int target] => taps[target];

    /// <summary>How many targets from this one on have the same taps, each met one source further: they are computed as one.</summary>
    public int RunLength(int target) => runs[target];

    /// <summary>Targets are the places of a window, sources the pixels it reads: source = place · stride - padding + tap · dilation.</summary>
    public static AxisTaps OfPlaces(int places, int size, int kernel, int stride, int padding, int dilation) =>
        new([.. Enumerable.Range(0, places).Select(place => Met(kernel, size, tap => (place * stride) - padding + (tap * dilation)))]);

    /// <summary>The same pairs the other way: targets are the pixels, sources the places of the window that read them.</summary>
    public static AxisTaps OfPixels(int places, int size, int kernel, int stride, int padding, int dilation) =>
        new([.. Enumerable.Range(0, size).Select(pixel => Met(kernel, places, tap => Place(pixel + padding - (tap * dilation), stride)))]);

    private static int Place(int distance, int stride) => distance >= 0 && distance % stride == 0 ? distance / stride : -1;

    private static Tap[] Met(int kernel, int sources, Func<int, int> source) =>
        [.. Enumerable.Range(0, kernel).Select(tap => new Tap(tap, source(tap))).Where(tap => tap.Source >= 0 && tap.Source < sources)];

    private static bool IsOneFurther(Tap[] here, Tap[] next)
    {
        if (here.Length != next.Length)
            return false;
        for (int i = 0; i < here.Length; i++)
        {
            if (next[i] != here[i] with { Source = here[i].Source + 1 })
                return false;
        }

        return true;
    }
}
