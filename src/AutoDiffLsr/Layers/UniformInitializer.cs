using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>Uniform around 0.</summary>
internal sealed class UniformInitializer(Func<int, int, double> deviation) : Initializer
{
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, RandomSource random)
    {
        // A uniform law on [-b, b] has the standard deviation b/√3.
        double bound = Math.Sqrt(3) * deviation(fanIn, fanOut);
        foreach (ref T value in values)
            value = T.CreateChecked(bound * ((2 * random.NextDouble()) - 1));
    }
}
