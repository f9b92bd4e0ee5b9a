namespace AutoDiffLsr.Numerics;

/// <summary>How much of the machine the engine may use.</summary>
public static class Compute
{
    private static int threads = Environment.ProcessorCount;

    /// <summary>
    /// The most threads that one product may use, 1 or more; the processor count unless set. Results are bit-identical for any value, and
    /// products too small to gain from a second thread run on the caller's alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public static int Threads
    {
        get => threads;
        set
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"Threads is {value}; at least 1 thread is needed, and 1 means the caller's thread only.");
            threads = value;
        }
    }
}
