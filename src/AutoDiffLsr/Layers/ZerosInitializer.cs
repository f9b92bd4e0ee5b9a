using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

internal sealed class ZerosInitializer : Initializer
{
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, RandomSource random) => values.Clear();
}
