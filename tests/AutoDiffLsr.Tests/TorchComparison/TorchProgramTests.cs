using System.Text.Json.Nodes;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.SelfCheck.Programs;
using AutoDiffLsr.SelfCheck.Table;
using AutoDiffLsr.Tests.Checking.FsCheck;
using Xunit;

namespace AutoDiffLsr.Tests.TorchComparison;

/// <summary>Random programs of up to 30 operations, their gradients and the gradients of those, against PyTorch.</summary>
public sealed class TorchProgramTests(TorchReference torch, ITestOutputHelper output) : IClassFixture<TorchReference>
{
    public const double Tolerance = 1e-9;

    /// <summary>The operations that reference.py has; a random mask is no function to compare.</summary>
    private static readonly HashSet<string> Compared =
    [
        "tanh", "sigmoid", "softplus", "gelu", "normal-distribution", "normal-density", "exp", "log", "log1p", "sqrt", "log-sum-exp", "softmax", "log-softmax",
        "add", "subtract", "multiply", "divide", "negate", "add-number", "number-add", "subtract-number", "number-subtract", "multiply-number", "number-multiply",
        "divide-number", "number-divide", "square", "power", "whole-power", "relu", "leaky-relu", "abs", "clamp", "maximum", "minimum", "where-positive", "matmul",
        "transpose", "sum", "sum-over-rows", "sum-over-columns", "mean", "mean-over-rows", "mean-over-columns", "broadcast-to", "slice-rows", "slice-columns",
        "concatenate-rows", "concatenate-columns", "gather-by-label", "log-sum-exp-of-others", "softmax-of-others", "scatter-by-label",
    ];

    [Fact]
    public void Random_programs_agree_in_value_first_and_second_gradients()
    {
        OperationLine[] table = [.. OperationTable.Lines.Where(line => Compared.Contains(line.Name))];
        Assert.Equal(Compared.Count, table.Length);
        CaseRunner runner = new("programs", new ProgramGenerator(table).Programs(), new());
        int count = Effort.Cases(200, 2500);
        double worst = 0;
        HashSet<string> used = [];
        for (int i = 0; i < count; i++)
        {
            RandomProgram program = (RandomProgram)runner.Draw(Effort.Seed, i);
            double difference = Difference(program, i);
            Assert.True(difference <= Tolerance, $"program {i}: {difference}\n{program}");
            worst = Math.Max(worst, difference);
            used.UnionWith(program.Steps.Select(step => step.Name));
        }

        output.WriteLine($"{count} programs of {used.Count} operations; worst relative difference {worst:G2}");
        Assert.True(used.Count > Compared.Count * 9 / 10, $"Only {used.Count} of {Compared.Count} operations were used.");
    }

    [Fact]
    public void A_program_with_another_operation_does_not_agree()
    {
        OperationLine tanh = OperationTable.Lines.Single(line => line.Name == "tanh");
        CaseRunner runner = new("tanh", new ProgramGenerator([tanh]).Programs(), new());
        RandomProgram program = Enumerable.Range(0, 100).Select(i => (RandomProgram)runner.Draw(Effort.Seed, i)).First(drawn => drawn.Steps.Any(step => step.Name == "tanh"));
        RandomProgram other = new(program.Leaves, [.. program.Steps.Select(step => step.Name == "tanh" ? step with { Use = step.Use with { Format = "{0}.Sigmoid()" } } : step)]);
        Assert.True(Difference(program, 0) <= Tolerance);
        Assert.True(Difference(other, 0) > Tolerance);
    }

    private double Difference(RandomProgram program, int seed)
    {
        JsonObject question = new()
        {
            ["ask"] = "program",
            ["leaves"] = new JsonArray([.. program.Leaves.Select(TorchReference.Rows)]),
            ["steps"] = new JsonArray([.. program.Texts().Select(text => (JsonNode)InPython(text))]),
        };
        Derivatives ours = Derivatives.Of((tape, x) => program.Compute(tape, x), program.Leaves, new RandomSource(seed), question);
        return ours.DifferenceTo(torch.Ask(question));
    }

    private static string InPython(string text) => text
        .Replace("new ", "", StringComparison.Ordinal)
        .Replace(": true", "=True", StringComparison.Ordinal);
}
