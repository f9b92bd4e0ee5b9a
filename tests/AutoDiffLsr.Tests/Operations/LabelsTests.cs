using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

public sealed class LabelsTests
{
    private static readonly Dictionary<string, Func<Variable<double>, int[], Variable<double>>> ByLabel = new()
    {
        ["gather by label"] = (x, labels) => x.GatherByLabel(labels),
        ["scatter by label"] = (x, labels) => x.SliceColumns(0, 1).ScatterByLabel(labels, 4),
        ["log-sum-exp of others"] = (x, labels) => x.LogSumExpOfOthers(labels),
        ["softmax of others"] = (x, labels) => x.SoftmaxOfOthers(labels),
    };

    public static TheoryData<string> Names => [.. ByLabel.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_label_a_row_is_needed(string name)
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(3, 4, 1.0));
        ArgumentException error = Assert.Throws<ArgumentException>(() => ByLabel[name](x, [0, 1]));
        Assert.Contains($"'{name}' got 2 labels for 3 rows: one label a row is needed.", error.Message, StringComparison.Ordinal);
        Assert.Equal("labels", error.ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentNullException>(() => ByLabel[name](x, null!)).ParamName);
    }

    [Fact]
    public void Only_a_column_can_be_scattered()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(3, 2, 1.0));
        ArgumentException error = Assert.Throws<ArgumentException>(() => x.ScatterByLabel([0, 1, 0], 2));
        Assert.Contains("takes an N x 1 input, not 3x2", error.Message, StringComparison.Ordinal);
        Assert.Equal("x", error.ParamName);
    }
}
