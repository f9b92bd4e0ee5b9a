using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Arrays whose numbers begin where a line of the cache begins.</summary>
/// <remarks>
/// A vector of 64 bytes that begins elsewhere lies in two lines, and reading or writing it costs up to twice as much. .NET aligns arrays to 8 bytes only. But
/// arrays of its pinned heap stay where they are and mostly follow one another: a filler in front moves the next one to where it should be.
/// </remarks>
internal static class AlignedMemory
{
    /// <summary>The bytes of a line.</summary>
    public const int Line = 64;

    /// <summary>Smaller arrays are left to the ordinary heap, which gives and takes back more quickly.</summary>
    private const int FewestBytes = 4096;

    /// <summary>What attempts may leave to the garbage collector in all.</summary>
    private const int MostWasted = 1 << 23;

    private const int MostAttempts = 8;

    /// <summary>What lies between the numbers of two arrays that follow one another: the header of the second.</summary>
    private const int Header = 24;

    /// <summary>An array of any content, aligned where it is worth it and the heap lets it be.</summary>
    public static T[] Allocate<T>(int count)
        where T : struct
    {
        long bytes = (long)count * Unsafe.SizeOf<T>();
        if (bytes < FewestBytes)
            return GC.AllocateUninitializedArray<T>(count);
        T[] array = GC.AllocateUninitializedArray<T>(count, pinned: true);
        long attempts = Math.Min(MostAttempts, MostWasted / (2 * bytes));
        for (int i = 0; i < attempts && !IsAligned(array); i++)
        {
            // A filler of about the array's size goes where the next array would go. It ends a header before the line where the array should begin.
            long start = OffsetInLine(array) + Whole(bytes, sizeof(long)) + Header, next = Whole(start + bytes + Header, Line);
            _ = GC.AllocateUninitializedArray<byte>((int)(next - Header - start), pinned: true);
            array = GC.AllocateUninitializedArray<T>(count, pinned: true);
        }

        return array;
    }

    /// <summary>An array of zeros, aligned in the same way.</summary>
    public static T[] AllocateZeros<T>(int count)
        where T : struct
    {
        T[] array = Allocate<T>(count);
        array.AsSpan().Clear();
        return array;
    }

    public static bool IsAligned<T>(T[] array)
        where T : struct => OffsetInLine(array) == 0;

    /// <summary>The first place of an array where a line begins, less than a line from its start. An array that is not pinned may be moved later.</summary>
    public static int Start<T>(T[] array)
        where T : struct => (Line - OffsetInLine(array)) % Line / Unsafe.SizeOf<T>();

    private static long Whole(long bytes, int unit) => (bytes + unit - 1) / unit * unit;

    private static unsafe int OffsetInLine<T>(T[] array)
        where T : struct
    {
        fixed (byte* start = &Unsafe.As<T, byte>(ref array[0]))
            return (int)((nuint)start % Line);
    }
}
