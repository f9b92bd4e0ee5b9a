using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>Normal of mean 0.</summary>
internal sealed class NormalInitializer(Func<int, int, double> deviation) : Initializer
{
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, RandomSource random)
    {
        double scale = deviation(fanIn, fanOut);
        foreach (ref T value in values)
            value = T.CreateChecked(scale * random.NextNormal());
    }
}
