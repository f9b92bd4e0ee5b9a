using System.Text.Json;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Search.Losses;

public sealed class LearnedLossFileTests
{
    private static readonly Matrix<double> Logits = Matrix<double>.Build.Dense(4, 3, (i, j) => (0.4 * i) - (0.7 * j) + 0.1);
    private static readonly int[] Labels = [2, 0, 1, 1];

    public static TheoryData<string> Kinds => ["symbolic", "net", "taylor"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_loss_is_read_back_to_the_last_bit(string kind)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "learned.loss.json");
        LearnedLoss loss = Some(kind);
        using (FileStream file = File.Create(path))
        using (Utf8JsonWriter writer = new(file))
            new LearnedLossFile(loss, IsClassification: true, new Dictionary<string, string> { ["method"] = "evomal" }).Write(writer);
        LearnedLossFile read = LearnedLossFile.Read(path);
        Assert.Equal(loss.Formula, read.Loss.Formula);
        Assert.True(read.IsClassification);
        Assert.Equal("evomal", read.Origin["method"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_the_gradient_of_its_value_by_outputs_and_weights(string kind)
    {
        LearnedLoss loss = Some(kind);
        Parameter<double>[] weights = [.. loss.Weights.Select((weight, i) => new Parameter<double>($"w{i}", weight.Clone()))];
        CheckedFunction function = CheckedFunction.Of(
            kind, (tape, x) => loss.Compute(x[0], Labels, Array.ConvertAll(weights, tape.Parameter))).WithParameters(weights);
        CheckReport report = GradientCheck.Check(function, [Logits], new CheckOptions { Kinks = KinkPolicy.Skip });
        Assert.True(report.Passed, report.ToString());
        using Tape<double> tape = new();
        Variable<double> logits = tape.Constant(Logits);
        Assert.Equal(loss.Compute(logits, Labels).Scalar, loss.Compute(logits, Labels, Array.ConvertAll(weights, tape.Parameter)).Scalar, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_stands_where_the_librarys_losses_do(string kind)
    {
        LearnedLoss loss = Some(kind);
        using Tape<double> tape = new();
        Variable<double> logits = tape.Variable(Logits), targets = tape.Constant(Logits.Map(Math.Cos));
        Assert.Equal(loss.Compute(logits, Labels).Scalar, new LearnedClassificationLoss(loss).Compute(logits, Labels).Scalar, 1e-12);
        Assert.Equal(loss.Compute(logits, targets).Scalar, new LearnedRegressionLoss(loss).Compute(logits, targets).Scalar, 1e-12);
        LearnedClassificationLoss some = new(loss) { IgnoredLabel = 1 };
        Assert.Equal(loss.Compute(tape.Constant(Logits.SubMatrix(0, 2, 0, 3)), [2, 0]).Scalar, some.Compute(logits, Labels).Scalar, 1e-12);
    }

    [Fact]
    public void A_taylor_loss_is_its_polynomial()
    {
        double[] c = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
        using Tape<double> tape = new();
        double y = 0.9, f = -0.4, u = y - 0.1, v = f - 0.2;
        double value = -((0.3 * v) + (0.4 * v * v / 2) + (0.5 * v * v * v / 6) + (0.6 * u * v) + (0.7 * u * v * v / 2) + (0.8 * u * u * v / 2));
        Assert.Equal(value, new TaylorLoss(c).Compute(tape.Constant(f), tape.Constant(y)).Scalar, 1e-14);
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[1]", "found no \"format\"")]
    [InlineData("{\"format\": \"other\"}", "found no \"format\"")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": 2}", "version 2 of the format, but this version of the program reads up to 1")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": \"1\"}", "no whole number")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": 1, \"task\": \"x\"}", "\"task\" is 'x'")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": 1, \"task\": \"regression\"}", "neither \"formula\"")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": 1, \"task\": \"regression\", \"formula\": \"y - foo(f)\"}", "position 5: 'foo' is no primitive")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": 1, \"task\": \"regression\", \"formula\": \"y\"}", "does not contain f")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": 1, \"task\": \"regression\", \"taylor\": [1, 2]}", "no list of 8 numbers")]
    [InlineData("{\"format\": \"autodiff-lsr.loss\", \"version\": 1, \"task\": \"regression\", \"net\": 3}", "no list of 2650 numbers")]
    public void A_wrong_file_is_named_with_what_is_wrong(string content, string problem)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "learned.loss.json");
        File.WriteAllText(path, content);
        DataException error = Assert.Throws<DataException>(() => LearnedLossFile.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Equal("nothing.json: there is no such file", Assert.Throws<DataException>(() => LearnedLossFile.Read("nothing.json")).Message);

    private static LearnedLoss Some(string kind) => kind switch
    {
        "symbolic" => new SymbolicLoss(Expression.Parse("abs(log(1.1*y*0.333333333333333314829616256247*f)) - -0.7*div(y, f)")),
        "net" => new NetLoss(new RandomSource(3)),
        _ => new TaylorLoss([0.1, -0.2, 0.3, 1 / 3.0, -0.5, 0.6, 0.7, 1e-17]),
    };
}
