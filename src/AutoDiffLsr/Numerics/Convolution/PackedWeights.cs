using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The weights of a convolution in the order in which tiles read them: group, sliver of target channels, tap, source channel, target channel of the sliver.
/// They are packed once a call and read for every pixel.
/// </summary>
internal sealed unsafe class PackedWeights<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] room = [];

    /// <summary>Memory that is large enough and does not move, kept from call to call.</summary>
    internal T[] Room(in TapSumProblem<T> problem)
    {
        int needed = checked(problem.Groups * problem.Taps * problem.SourceChannels * problem.TargetChannels) + (AlignedMemory.Line / sizeof(T));
        if (room.Length < needed)
            room = GC.AllocateUninitializedArray<T>(needed, pinned: true);
        return room;
    }

    /// <summary>Packs.</summary>
    internal static void Fill(in TapSumProblem<T> problem, int tileColumns, T* packed)
    {
        nint ofGroup = (nint)problem.Taps * problem.SourceChannels * problem.TargetChannels;
        for (int group = 0; group < problem.Groups; group++)
        {
            for (int channel = 0, width; channel < problem.TargetChannels; channel += width)
            {
                width = Gemm.Share(problem.TargetChannels - channel, tileColumns, 1);
                FillSliver(problem, problem.Weights + (group * ofGroup) + ((nint)channel * problem.TargetStride), width, packed);
                packed += (nint)problem.Taps * problem.SourceChannels * width;
            }
        }
    }

    // For each source channel the weights of all taps lie together.
    private static void FillSliver(in TapSumProblem<T> problem, T* weights, int width, T* packed)
    {
        int taps = problem.Taps, depth = problem.SourceChannels;
        nint sourceStride = problem.SourceStride, targetStride = problem.TargetStride;
        for (int source = 0; source < depth; source++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                T* from = weights + tap + (source * sourceStride), to = packed + ((((nint)tap * depth) + source) * width);
                for (int i = 0; i < width; i++)
                    to[i] = from[i * targetStride];
            }
        }
    }
}
