using System.Text.Json.Nodes;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.SelfCheck.Nets;
using AutoDiffLsr.Tests.Checking.FsCheck;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.TorchComparison;

/// <summary>Losses over the whole grid of their options, with their gradients and the gradients of those, against PyTorch.</summary>
public sealed class TorchLossTests(TorchReference torch, ITestOutputHelper output) : IClassFixture<TorchReference>
{
    public static TheoryData<string> Kinds => [.. Enum.GetNames<LossKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Losses_of_labels_agree(string kind)
    {
        LossKind of = Enum.Parse<LossKind>(kind);
        Gen<(LossSpec Loss, Matrix<double> Logits)> cases =
            from shapes in Shapes.Logits
            from loss in LossGenerator.Losses(of, shapes[0].Rows, shapes[0].Columns)
            from logits in Generators.Matrix(shapes[0], Generators.MildLogits)
            select (loss, logits);
        Compare(kind, Effort.Cases(40, 500), cases, drawn => (
            new JsonObject
            {
                ["ask"] = "classification",
                ["kind"] = kind,
                ["first"] = drawn.Loss.First,
                ["second"] = drawn.Loss.Second,
                ["reduction"] = drawn.Loss.Reduction.ToString(),
                ["ignored"] = drawn.Loss.Ignored,
                ["classWeights"] = drawn.Loss.Weights is null ? null : new JsonArray([.. drawn.Loss.Weights.Select(weight => (JsonNode)weight)]),
                ["whenAllIgnored"] = drawn.Loss.WhenAllIgnored,
                ["labels"] = new JsonArray([.. drawn.Loss.Labels.Select(label => (JsonNode)label)]),
                ["logits"] = TorchReference.Rows(drawn.Logits),
            },
            (_, x) => drawn.Loss.Make().Compute(x[0], drawn.Loss.Labels),
            [drawn.Logits]));
    }

    [Theory]
    [InlineData("Distributions")]
    [InlineData("Binary")]
    [InlineData("Squared")]
    public void Losses_of_targets_agree(string kind)
    {
        Gen<(Reduction Reduction, Matrix<double> Logits, Matrix<double> Targets)> cases =
            from shapes in Shapes.Logits
            from reduction in Gen.Elements(Enum.GetValues<Reduction>())
            from logits in Generators.Matrix(shapes[0], Generators.MildLogits)
            from targets in Generators.Distribution(shapes[0])
            select (reduction, logits, targets);
        Compare(kind, Effort.Cases(30, 400), cases, drawn => (
            new JsonObject
            {
                ["ask"] = "targets",
                ["kind"] = kind,
                ["reduction"] = drawn.Reduction.ToString(),
                ["logits"] = TorchReference.Rows(drawn.Logits),
                ["targets"] = TorchReference.Rows(drawn.Targets),
            },
            (_, x) => Compute(kind, drawn.Reduction, x[0], x[1]),
            [drawn.Logits, drawn.Targets]));
    }

    private static Variable<double> Compute(string kind, Reduction reduction, Variable<double> x, Variable<double> targets) => kind switch
    {
        "Distributions" => new CrossEntropy { Reduction = reduction }.Compute(x, targets),
        "Binary" => new BinaryCrossEntropy { Reduction = reduction }.Compute(x, targets),
        _ => new MeanSquaredError { Reduction = reduction }.Compute(x, targets),
    };

    private void Compare<TCase>(
        string kind, int count, Gen<TCase> cases, Func<TCase, (JsonObject Question, TapeFunctionOfInputs Function, Matrix<double>[] Inputs)> take)
    {
        double worst = 0;
        for (int i = 0; i < count; i++)
        {
            TCase drawn = cases.Sample(1, new Rnd((ulong)(Effort.Seed + (1000 * i))), 1 + (37 * i % 100))[0];
            (JsonObject question, TapeFunctionOfInputs function, Matrix<double>[] inputs) = take(drawn);
            Derivatives ours = Derivatives.Of(function, inputs, new RandomSource(i), question);
            double difference = ours.DifferenceTo(torch.Ask(question));
            Assert.True(difference <= TorchProgramTests.Tolerance, $"{difference}: {drawn}\n{question.ToJsonString()}");
            worst = Math.Max(worst, difference);
        }

        output.WriteLine($"{count} losses of {kind}; worst relative difference {worst:G2}");
    }
}
