using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

/// <summary>There is one arg-max: a model's labels, the predictions of a report, the metrics and the calibration agree, above all where a logit is NaN.</summary>
public sealed class ArgMaxTests
{
    private const double NaN = double.NaN, Infinite = double.PositiveInfinity;

    public static TheoryData<double[], int> Rows => new()
    {
        { [1, 3, 2], 1 },
        { [2, 2, 2], 0 },
        { [1, 3, 3], 1 },
        { [-Infinite, -Infinite, -1], 2 },
        { [Infinite, 1, Infinite], 0 },
        { [NaN, 1, 2], 0 },
        { [1, NaN, 2], 1 },
        { [1, 2, NaN], 2 },
        { [Infinite, NaN, NaN], 1 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_largest_is_the_first_of_equals_and_a_NaN_is_larger_than_all(double[] logits, int expected)
    {
        Matrix<double> row = Matrix<double>.Build.DenseOfRowArrays(logits);
        Assert.Equal(expected, RowScores.FirstLargest<double>(logits, 1, 0));
        Assert.Equal(expected, Prediction.All(row, [0])[0].Class);
        Assert.Equal(expected, Classifier(logits).Predict([0.0]));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_NaN_makes_every_label_wrong_and_is_in_no_bin(double[] logits, int expected)
    {
        bool hasNaN = logits.Any(double.IsNaN);
        Matrix<double> row = Matrix<double>.Build.DenseOfRowArrays(logits);
        for (int label = 0; label < logits.Length; label++)
        {
            bool isRight = !hasNaN && label == expected;
            Evaluation evaluation = new(logits.Length);
            evaluation.Add(row, [label]);
            Assert.Equal(isRight ? 1 : 0, evaluation.Accuracy);
            Assert.Equal(isRight, Prediction.All(row, [label])[0].IsRight);
            Assert.Equal(hasNaN ? 0 : 1, ReliabilityBin.Of(row, [label]).Sum(bin => bin.Count));
        }
    }

    /// <summary>A model that gives these logits for the sample 0.</summary>
    private static Model<double> Classifier(double[] logits)
    {
        Dense<double> layer = new(1, logits.Length, new RandomSource(1));
        layer.Weight.Update().Clear();
        logits.CopyTo(layer.Bias!.Update());
        return new Model<double>(layer);
    }
}
