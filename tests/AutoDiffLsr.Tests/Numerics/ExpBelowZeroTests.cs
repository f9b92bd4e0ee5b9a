using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>The exponential of the softmax: the numbers up to a little above 0, its end at the smallest normal number, and the same bits at every width.</summary>
public sealed class ExpBelowZeroTests(ITestOutputHelper output)
{
    private const int Stride = 4099;
    private const double HalfUnit = 1.0 / (1 << 24);

    // Results from here up are normal numbers.
    private const float Normal = -87.3f;

    /// <summary>Off by less than 1.1 units of the last place, and what half a unit of x amounts to: so much the subtraction before it loses anyway.</summary>
    [Fact]
    public void Float_is_as_close_as_its_argument_is_known()
    {
        float[] x = [.. Arguments().Where(value => value is >= Normal and <= 2)];
        float[] y = Evaluate<Lanes128<float>, float, float>(x);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double exact = Math.Exp(x[i]), off = Math.Abs(y[i] - exact) / exact;
            worst = Math.Max(worst, off / HalfUnit / (2.2 + Math.Abs(x[i])));
        }

        output.WriteLine($"{x.Length} arguments: {worst:F3} of the bound");
        Assert.True(worst < 1, $"{worst} times the bound");
    }

    [Fact]
    public void Below_the_smallest_normal_number_it_goes_to_zero()
    {
        float[] y = Evaluate<Lanes128<float>, float, float>([-87.4f, -87.7f, -88.03f, -100, float.MinValue, float.NegativeInfinity, float.NaN, -0f]);
        Assert.All(y[..2], value => Assert.InRange(value, 0, 1.1754944e-38f));
        Assert.Equal([0f, 0, 0, 0, float.NaN, 1], y[2..]);
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] x = [.. Arguments().Take(1 << 16), float.NaN, float.NegativeInfinity];
        Array.Resize(ref x, x.Length / 16 * 16);
        int[] narrow = Bits(Evaluate<Lanes128<float>, float, float>(x));
        Assert.SkipWhen(InstructionSets.Best < InstructionSet.Avx2, "this machine has one width");
        Assert.Equal(narrow, Bits(Evaluate<Lanes256<float>, float, float>(x)));
        if (InstructionSets.Best == InstructionSet.Avx512)
            Assert.Equal(narrow, Bits(Evaluate<Lanes512<float>, float, float>(x)));
    }

    [Theory]
    [InlineData(1e-15)]
    [InlineData(1e-8)]
    public void Double_is_as_close_as_its_result_is_to_be(double bound)
    {
        double[] x = [.. Enumerable.Range(0, 7000).Select(i => 2 - (i / 10.0) - (1e-4 * i * i / 7000))];
        double[] y = bound < 1e-8 ? Evaluate<Lanes128<double>, double, double>(x) : Evaluate<Lanes128<double>, double, float>(x);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(1, y[i] / Math.Exp(x[i]), bound + (2e-16 * Math.Abs(x[i])));
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

    // Every 4099th float from 2 down to -∞'s neighbour.
    private static IEnumerable<float> Arguments()
    {
        for (uint bits = 0; bits <= 0x40000000; bits += Stride)
            yield return BitConverter.UInt32BitsToSingle(bits);
        for (uint bits = 0x80000000; bits < 0xFF800000; bits += Stride)
            yield return BitConverter.UInt32BitsToSingle(bits);
    }

    private static T[] Evaluate<L, T, TResult>(T[] x)
        where L : struct, ILanes<L, T>
        where T : struct
    {
        T[] padded = new T[(x.Length + L.Count - 1) / L.Count * L.Count];
        x.CopyTo(padded, 0);
        for (nint i = 0; i < padded.Length; i += L.Count)
            ElementaryKernels<L, T>.ExpBelowZero<TResult>(L.Load(ref padded[0], i)).Store(ref padded[0], i);
        return padded[..x.Length];
    }
}
