using System.Numerics;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

public sealed class FunctionsTests
{
    private const double Infinity = double.PositiveInfinity;
    private static readonly double Denormal = BitConverter.Int32BitsToSingle(1);

    public static readonly TheoryData<string, double, double> Edges = new()
    {
        { "Exp", -Infinity, 0 }, { "Exp", Infinity, Infinity }, { "Exp", -1000, 0 }, { "Exp", 1000, Infinity }, { "Exp", 0, 1 }, { "Exp", Denormal, 1 },
        { "Log", 0, -Infinity }, { "Log", -1, double.NaN }, { "Log", -Infinity, double.NaN }, { "Log", Infinity, Infinity }, { "Log", 1, 0 },
        { "Log1p", -1, -Infinity }, { "Log1p", -2, double.NaN }, { "Log1p", Infinity, Infinity }, { "Log1p", 0, 0 }, { "Log1p", Denormal, Denormal },
        { "Tanh", -Infinity, -1 }, { "Tanh", Infinity, 1 }, { "Tanh", -1000, -1 }, { "Tanh", 1000, 1 }, { "Tanh", 0, 0 }, { "Tanh", Denormal, Denormal },
        { "Sigmoid", -Infinity, 0 }, { "Sigmoid", Infinity, 1 }, { "Sigmoid", -1000, 0 }, { "Sigmoid", 1000, 1 }, { "Sigmoid", 0, 0.5 },
        { "Softplus", -Infinity, 0 }, { "Softplus", Infinity, Infinity }, { "Softplus", -1000, 0 }, { "Softplus", 1000, 1000 },
        { "NormalCdf", -Infinity, 0 }, { "NormalCdf", Infinity, 1 }, { "NormalCdf", -1000, 0 }, { "NormalCdf", 1000, 1 }, { "NormalCdf", 0, 0.5 },
        { "NormalPdf", -Infinity, 0 }, { "NormalPdf", Infinity, 0 }, { "NormalPdf", -1000, 0 }, { "NormalPdf", 1000, 0 },
        { "Gelu", -Infinity, 0 }, { "Gelu", Infinity, Infinity }, { "Gelu", -1000, 0 }, { "Gelu", 1000, 1000 }, { "Gelu", 0, 0 },
        { "Exp", double.NaN, double.NaN }, { "Log", double.NaN, double.NaN }, { "Log1p", double.NaN, double.NaN }, { "Tanh", double.NaN, double.NaN },
        { "Sigmoid", double.NaN, double.NaN }, { "Softplus", double.NaN, double.NaN }, { "NormalCdf", double.NaN, double.NaN },
        { "NormalPdf", double.NaN, double.NaN }, { "Gelu", double.NaN, double.NaN },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void The_ends_of_the_range_are_exact_in_both_types_at_every_position(string function, double x, double expected)
    {
        Assert.All(Apply<double>(function, Filled(x)), y => Assert.Equal(expected, y));
        Assert.All(Apply<float>(function, Filled((float)x)), y => Assert.Equal((float)expected, y));
    }

    [Fact]
    public void The_scalar_forms_have_the_bits_of_the_spans()
    {
        double[] x = [-1000, -20.5, -0.7, -1e-9, 0, 1e-9, 0.7, 20.5, 1000];
        Assert.Equal(Apply<double>("Softplus", x), Array.ConvertAll(x, Functions.Softplus));
        Assert.Equal(Apply<double>("Sigmoid", x), Array.ConvertAll(x, Functions.Sigmoid));
        Assert.Equal(Apply<double>("Log1p", x), Array.ConvertAll(x, Functions.Log1p));
    }

    [Fact]
    public void A_function_may_overwrite_its_argument()
    {
        double[] x = [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7], y = Apply<double>("Tanh", x);
        Functions.Tanh<double>(x, x);
        Assert.Equal(y, x);
    }

    [Fact]
    public void Spans_of_different_length_are_refused_with_both_lengths()
    {
        var error = Assert.Throws<ArgumentException>(() => Functions.Exp(new float[3], new float[2]));
        Assert.Contains("x has 3 elements, y has 2", error.Message);
    }

    internal static T[] Apply<T>(string function, ReadOnlySpan<T> x, InstructionSet? instructions = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        var y = new T[x.Length];
        switch (function, instructions)
        {
            case ("Exp", null): Functions.Exp(x, y); break;
            case ("Exp", { } set): ElementwiseMap<ExpFunction>.Apply(set, x, y); break;
            case ("Log", null): Functions.Log(x, y); break;
            case ("Log", { } set): ElementwiseMap<LogFunction>.Apply(set, x, y); break;
            case ("Log1p", null): Functions.Log1p(x, y); break;
            case ("Log1p", { } set): ElementwiseMap<Log1pFunction>.Apply(set, x, y); break;
            case ("Tanh", null): Functions.Tanh(x, y); break;
            case ("Tanh", { } set): ElementwiseMap<TanhFunction>.Apply(set, x, y); break;
            case ("Sigmoid", null): Functions.Sigmoid(x, y); break;
            case ("Sigmoid", { } set): ElementwiseMap<SigmoidFunction>.Apply(set, x, y); break;
            case ("Softplus", null): Functions.Softplus(x, y); break;
            case ("Softplus", { } set): ElementwiseMap<SoftplusFunction>.Apply(set, x, y); break;
            case ("NormalCdf", null): Functions.NormalCdf(x, y); break;
            case ("NormalCdf", { } set): ElementwiseMap<NormalCdfFunction>.Apply(set, x, y); break;
            case ("NormalPdf", null): Functions.NormalPdf(x, y); break;
            case ("NormalPdf", { } set): ElementwiseMap<NormalPdfFunction>.Apply(set, x, y); break;
            case ("Gelu", null): Functions.Gelu(x, y); break;
            case ("Gelu", { } set): ElementwiseMap<GeluFunction>.Apply(set, x, y); break;
            default: throw new ArgumentException($"There is no function {function}.", nameof(function));
        }

        return y;
    }

    private static ReadOnlySpan<T> Filled<T>(T value)
    {
        var values = new T[67]; // whole vectors of every width and a tail
        values.AsSpan().Fill(value);
        return values;
    }
}
