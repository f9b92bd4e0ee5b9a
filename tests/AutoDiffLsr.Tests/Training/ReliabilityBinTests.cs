using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class ReliabilityBinTests
{
    [Fact]
    public void The_bins_give_the_calibration_error_of_the_evaluation()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(200, 4, (i, j) => 2 * Math.Sin((7 * i) + (3 * j)));
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i % 4)];
        Evaluation evaluation = new(4);
        evaluation.Add(logits, labels);
        IReadOnlyList<ReliabilityBin> bins = ReliabilityBin.Of(logits, labels);
        Assert.Equal(200, bins.Sum(bin => bin.Count));
        double error = bins.Where(bin => bin.Count > 0).Sum(bin => bin.Count / 200.0 * Math.Abs(bin.Accuracy - bin.MeanConfidence));
        Assert.Equal(evaluation.CalibrationError, error, 1e-12);
        Assert.All(bins.Where(bin => bin.Count > 0), bin => Assert.InRange(bin.MeanConfidence, bin.Low, bin.High));
    }

    [Fact]
    public void Predictions_are_the_first_largest_logit_and_its_probability()
    {
        IReadOnlyList<Prediction> all = Prediction.All(Matrix<double>.Build.DenseOfRowArrays([0, 2, 2], [1000, 0, 0]), [2, 0]);
        Assert.Equal((1, false), (all[0].Class, all[0].IsRight));
        Assert.Equal(1 / (2 + Math.Exp(-2)), all[0].Confidence, 1e-12);
        Assert.Equal((0, true, 1.0), (all[1].Class, all[1].IsRight, all[1].Confidence));
    }
}
