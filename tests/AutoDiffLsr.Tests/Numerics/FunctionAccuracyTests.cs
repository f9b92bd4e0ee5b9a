using System.Runtime.Intrinsics.X86;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>
/// The errors that docs/performance.md states, in units of the last place (ulp). Float: every 4099th number of the whole range against our double
/// kernels, and every number with AUTODIFFLSR_CHECK=full. Double: samples of the whole range against <see cref="HighPrecision"/>. Both print what
/// they find.
/// </summary>
public sealed class FunctionAccuracyTests(ITestOutputHelper output)
{
    private const int Stride = 4099;
    private static readonly bool Full = Environment.GetEnvironmentVariable("AUTODIFFLSR_CHECK") == "full";

    // Without a fused multiply-add (x64 before 2013) the arguments of the exponentials are rounded once more.
    private static readonly double Slack = Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? 1 : 1.5;

    public static readonly TheoryData<string, double, double> Bounds = new()
    {
        { "Exp", 1.1, 1.1 }, { "Log", 1.1, 1.1 }, { "Log1p", 1.2, 1.2 }, { "Tanh", 3, 3 }, { "Sigmoid", 3, 3 }, { "Softplus", 3, 3 },
        { "NormalCdf", 5, 5 }, { "NormalPdf", 3, 3 }, { "Gelu", 5.5, 5.5 },
    };

    public static TheoryData<string> Names => [.. Bounds.Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Float_is_this_close_over_its_whole_range(string function, double bound, double _)
    {
        (double worst, float at) = Full ? Sweep(function, 1) : Sweep(function, Stride);
        output.WriteLine($"{function}, float, {(Full ? "every number" : $"every {Stride}th number")}: {worst:F3} ulp, at {at:R}");
        Assert.True(worst <= bound * Slack, $"{function}({at:R}) is {worst:F3} ulp off; stated are {bound}");
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Double_is_this_close_in_samples_of_its_whole_range(string function, double _, double bound)
    {
        double[] x = Samples(function, Full ? 4000 : 200), y = FunctionsTests.Apply<double>(function, x);
        double[] off = new double[x.Length];
        Parallel.For(0, x.Length, i => off[i] = HighPrecision.UlpsOff(y[i], HighPrecision.Evaluate(function, x[i])));
        double worst = off.Max(), at = x[Array.IndexOf(off, worst)];
        output.WriteLine($"{function}, double, {x.Length} samples: {worst:F3} ulp, at {at:R}");
        Assert.True(worst <= bound * Slack, $"{function}({at:R}) is {worst:F3} ulp off; stated are {bound}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_element_has_the_same_bits_at_every_position_and_width(string function)
    {
        double[] x = Samples(function, 131);
        float[] single = Array.ConvertAll(x, value => (float)value);
        double[] whole = FunctionsTests.Apply<double>(function, x);
        float[] wholeSingle = FunctionsTests.Apply<float>(function, single);
        for (int first = 0; first < x.Length; first++)
        {
            int length = Math.Min(1 + (first % 40), x.Length - first);
            Assert.Equal(whole[first..(first + length)], FunctionsTests.Apply<double>(function, x.AsSpan(first, length)));
            Assert.Equal(wholeSingle[first..(first + length)], FunctionsTests.Apply<float>(function, single.AsSpan(first, length)));
        }

        foreach (InstructionSet instructions in InstructionSets.Supported)
        {
            Assert.Equal(whole, FunctionsTests.Apply<double>(function, x, instructions));
            Assert.Equal(wholeSingle, FunctionsTests.Apply<float>(function, single, instructions));
        }
    }

    private static (double Worst, float At) Sweep(string function, int stride)
    {
        const int Chunk = 1 << 16;
        long count = ((1L << 32) + stride - 1) / stride;
        (double Worst, float At) result = default;
        var gate = new Lock();
        Parallel.For(0L, (count + Chunk - 1) / Chunk, chunk =>
        {
            var x = new float[(int)Math.Min(Chunk, count - (chunk * Chunk))];
            for (int i = 0; i < x.Length; i++)
                x[i] = BitConverter.UInt32BitsToSingle((uint)(((chunk * Chunk) + i) * stride));
            (double worst, float at) = Worst(function, x);
            lock (gate)
                result = worst > result.Worst ? (worst, at) : result;
        });
        return result;
    }

    private static (double Worst, float At) Worst(string function, float[] x)
    {
        float[] actual = FunctionsTests.Apply<float>(function, x);
        double[] truth = FunctionsTests.Apply<double>(function, Array.ConvertAll(x, value => (double)value));
        (double worst, float at) = (0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            double off = UlpsOff(actual[i], truth[i]);
            if (!(off <= worst))
                (worst, at) = (double.IsNaN(off) ? double.PositiveInfinity : off, x[i]);
        }

        return (worst, at);
    }

    private static double UlpsOff(float actual, double truth)
    {
        var rounded = (float)truth;
        if (rounded.Equals(actual) && !float.IsFinite(actual))
            return 0;
        int exponent = Math.Max(((BitConverter.SingleToInt32Bits(rounded) >> 23) & 0xFF) - 150, -149);
        return Math.Abs(actual - truth) / Math.ScaleB(1, exponent);
    }

    // Half of the samples spread over the exponents, half over the part where the function bends.
    private static double[] Samples(string function, int count)
    {
        var random = new RandomSource(11);
        (double low, double high) = function switch
        {
            "Exp" => (-745.0, 709.7),
            "Log" => (0.3, 3),
            "Log1p" => (-0.99, 3),
            "Tanh" => (-20, 20),
            "NormalCdf" or "NormalPdf" or "Gelu" => (-38, 9),
            _ => (-40, 40),
        };
        var samples = new double[count];
        for (int i = 0; i < count; i++)
        {
            double spread = Math.ScaleB(1 + random.NextDouble(), random.NextInt(60) - 50) * (random.NextInt(2) == 0 ? -1 : 1);
            double bend = low + (random.NextDouble() * (high - low));
            samples[i] = i % 2 == 0 ? bend : function == "Log" ? Math.Abs(spread) : Math.Clamp(spread, low, high);
        }

        return samples;
    }
}
