using System.Text.Json.Nodes;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.TorchComparison;

/// <summary>Initializers by the names that PyTorch gives them: the draws are others, their deviation and their largest number are the same.</summary>
public sealed class TorchInitializerTests(TorchReference torch) : IClassFixture<TorchReference>
{
    private const int Inputs = 400, Outputs = 900;

    public static TheoryData<string> Names => [.. Initializer.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_laws_agree(string name)
    {
        string theirName = name.Replace('-', '_');
        JsonNode theirs = torch.Ask(new JsonObject { ["ask"] = "initializer", ["name"] = theirName, ["rows"] = Outputs, ["columns"] = Inputs });
        double[] values = new double[Inputs * Outputs];
        Initializer.Named(theirName).Fill(values.AsSpan(), Inputs, Outputs, new RandomSource(1));

        // 360,000 draws: the standard error of a deviation is 0.12 % at most, and a uniform law comes that close to its bound.
        double deviation = Math.Sqrt(values.Average(value => value * value)), largest = values.Max(Math.Abs);
        double tolerance = name.EndsWith("uniform", StringComparison.Ordinal) ? 0.001 : 0.2;
        Assert.Equal(theirs["deviation"]!.GetValue<double>(), deviation, 0.006 * deviation);
        Assert.Equal(theirs["largest"]!.GetValue<double>(), largest, tolerance * largest);
    }
}
