using AutoDiffLsr.Numerics;
using AutoDiffLsr.SelfCheck;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class EvaluationTests
{
    [Fact]
    public void Metrics_equal_those_of_plain_loops_however_the_samples_are_batched()
    {
        const int count = 500, classes = 7;
        RandomSource random = new(3);
        double[][] logits = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, classes).Select(_ => 3 * random.NextNormal()).ToArray())];
        int[] labels = [.. logits.Select(row => random.NextDouble() < 0.4 ? Array.IndexOf(row, row.Max()) : random.NextInt(classes))];
        Evaluation evaluation = new(classes, top: 3);
        for (int start = 0; start < count; start += 64)
        {
            double[][] rows = logits[start..Math.Min(count, start + 64)];
            evaluation.Add(Matrix<double>.Build.DenseOfRowArrays(rows), labels.AsSpan(start, rows.Length));
        }

        double[][] probabilities = [.. logits.Select(Softmax)];
        bool[] right = [.. logits.Select((row, i) => Array.IndexOf(row, row.Max()) == labels[i])];
        Assert.Equal(count, evaluation.Count);
        Assert.Equal(right.Count(isRight => isRight) / (double)count, evaluation.Accuracy, 1e-15);
        Assert.Equal(logits.Where((row, i) => row.OrderDescending().Take(3).Contains(row[labels[i]])).Count() / (double)count, evaluation.TopAccuracy, 1e-15);
        Assert.Equal(probabilities.Select((p, i) => -Math.Log(p[labels[i]])).Average(), evaluation.NegativeLogLikelihood, 1e-13);
        Assert.Equal(Calibration(probabilities, right), evaluation.CalibrationError, 1e-13);
        for (int label = 0; label < classes; label++)
        {
            for (int predicted = 0; predicted < classes; predicted++)
                Assert.Equal(logits.Where((row, i) => labels[i] == label && Array.IndexOf(row, row.Max()) == predicted).Count(), evaluation.Confusion(label, predicted));
        }
    }

    [Fact]
    public void Float_logits_are_computed_with_in_double()
    {
        // -ln p = ln(1 + e^-40) = 4.248354255291589e-18, which float would round to 0.
        Evaluation evaluation = new(2);
        evaluation.Add(Matrix<float>.Build.DenseOfArray(new[,] { { 40f, 0f } }), [0]);
        Assert.Equal(4.248354255291589e-18, evaluation.NegativeLogLikelihood, 1e-32);
        Assert.Equal(1 - 1 / (1 + Math.Exp(-40)), evaluation.CalibrationError);
    }

    [Fact]
    public void Calibration_bins_are_open_below_and_closed_above()
    {
        // Confidences of 1/2 + k/4 land on edges of four bins: 0.5 belongs to (0.25, 0.5], 0.75 to (0.5, 0.75].
        Evaluation evaluation = new(2, calibrationBins: 4);
        double z = Math.Log(3);
        evaluation.Add(Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 0.0 }, { z, 0.0 }, { 0.6, 0.0 } }), [0, 1, 0]);
        double between = 1 / (1 + Math.Exp(-0.6));
        Assert.Equal((Math.Abs(1 - 0.5) + Math.Abs(1 - (0.75 + between))) / 3, evaluation.CalibrationError, 1e-12);
    }

    [Fact]
    public void Of_equal_logits_the_first_is_predicted()
    {
        Evaluation evaluation = new(3, top: 2);
        evaluation.Add(Matrix<double>.Build.Dense(3, 3, 1.0), [0, 1, 2]);
        Assert.Equal((1.0 / 3, 2.0 / 3), (evaluation.Accuracy, evaluation.TopAccuracy));
        Assert.Equal(1, evaluation.Confusion(2, 0));
    }

    [Fact]
    public void A_row_with_NaN_is_wrong_and_makes_the_averages_NaN()
    {
        Evaluation evaluation = new(3, top: 1);
        evaluation.Add(Matrix<double>.Build.DenseOfArray(new[,] { { 5, double.NaN, 0 }, { 1, 0, 0 } }), [0, 0]);
        Assert.Equal((2, 0.5, 0.5), (evaluation.Count, evaluation.Accuracy, evaluation.TopAccuracy));
        Assert.True(double.IsNaN(evaluation.NegativeLogLikelihood) && double.IsNaN(evaluation.CalibrationError));
        Assert.Equal(1, evaluation.Confusion(0, 0));
    }

    [Fact]
    public void Rows_of_the_ignored_label_do_not_count()
    {
        Evaluation evaluation = new(2) { IgnoredLabel = -1 };
        evaluation.Add(Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 0 }, { 0, double.NaN } }), [0, -1]);
        Assert.Equal((1, 1.0), (evaluation.Count, evaluation.Accuracy));
        Assert.Equal(Math.Log(1 + Math.Exp(-1)), evaluation.NegativeLogLikelihood, 1e-15);
    }

    [Fact]
    public void The_loss_is_the_sum_by_the_weight()
    {
        Evaluation evaluation = new(2);
        Assert.True(double.IsNaN(evaluation.Loss));
        evaluation.AddLoss(6, 2);
        evaluation.AddLoss(1, 5);
        Assert.Equal(1, evaluation.Loss);
    }

    [Fact]
    public void Sizes_and_labels_that_do_not_fit_are_refused()
    {
        Evaluation evaluation = new(3);
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 3);
        Assert.Contains("4 columns, but there are 3", Assert.Throws<ArgumentException>(() => evaluation.Add(Matrix<double>.Build.Dense(2, 4), [0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("2 rows, but there are 1", Assert.Throws<ArgumentException>(() => evaluation.Add(logits, [0])).Message, StringComparison.Ordinal);
        Assert.Contains("labels[1] is 3, but logits have 3 classes (0..2)", Assert.Throws<ArgumentException>(() => evaluation.Add(logits, [0, 3])).Message, StringComparison.Ordinal);
        Assert.Equal(0, evaluation.Count);
    }

    [Fact]
    public void Errors_of_numbers_equal_those_of_plain_loops()
    {
        RandomSource random = new(4);
        Matrix<double> t = Matrix<double>.Build.Dense(100, 2, (_, k) => 1e6 + (k * random.NextNormal()) + random.NextNormal());
        Matrix<double> x = t.Map(value => value + (0.3 * random.NextNormal()));
        Evaluation evaluation = new(TargetKind.Numbers, 2);
        evaluation.Add(x.SubMatrix(0, 70, 0, 2), t.SubMatrix(0, 70, 0, 2));
        evaluation.Add(x.SubMatrix(70, 30, 0, 2), t.SubMatrix(70, 30, 0, 2));
        double[] squares = [.. (x - t).EnumerateColumns().Select(column => column.DotProduct(column))];
        for (int k = 0; k < 2; k++)
        {
            double mean = t.Column(k).Average(), spread = t.Column(k).Sum(value => (value - mean) * (value - mean));
            Assert.Equal(Math.Sqrt(squares[k] / 100), evaluation.RootMeanSquaredErrorOf(k), 1e-12);
            Assert.Equal((x - t).Column(k).Average(Math.Abs), evaluation.MeanAbsoluteErrorOf(k), 1e-12);
            Assert.Equal(1 - (squares[k] / spread), evaluation.RSquaredOf(k), 1e-8);
        }

        Assert.Equal(100, evaluation.Count);
        Assert.Equal(Math.Sqrt(squares.Sum() / 200), evaluation.RootMeanSquaredError, 1e-12);
        Assert.Equal((x - t).Enumerate().Average(Math.Abs), evaluation.MeanAbsoluteError, 1e-12);
        Assert.Equal((evaluation.RSquaredOf(0) + evaluation.RSquaredOf(1)) / 2, evaluation.RSquared);
        Evaluation constant = new(TargetKind.Numbers, 1);
        constant.Add(Matrix<double>.Build.Dense(3, 1, 1.0), Matrix<double>.Build.Dense(3, 1, 2.0));
        Assert.True(double.IsNaN(constant.RSquared));
        Assert.Equal((1.0, 1.0), (constant.RootMeanSquaredError, constant.Score));
    }

    [Fact]
    public void Metrics_of_binary_labels_equal_those_of_plain_loops()
    {
        RandomSource random = new(5);
        Matrix<double> t = Matrix<double>.Build.Dense(80, 3, (_, _) => random.NextDouble() < 0.4 ? 1 : 0);
        Matrix<double> z = t.Map(value => Math.Round(2 * (value - 0.5 + random.NextNormal())) / 2); // halves, so that there are ties, and zeros
        Evaluation evaluation = new(TargetKind.BinaryLabels, 3);
        evaluation.Add(z.SubMatrix(0, 50, 0, 3), t.SubMatrix(0, 50, 0, 3));
        evaluation.Add(z.SubMatrix(50, 30, 0, 3), t.SubMatrix(50, 30, 0, 3));
        bool[,] right = new bool[80, 3];
        for (int k = 0; k < 3; k++)
        {
            double wins = 0, pairs = 0, correct = 0;
            for (int i = 0; i < 80; i++)
            {
                right[i, k] = z[i, k] > 0 == t[i, k] > 0;
                correct += right[i, k] ? 1 : 0;
                for (int j = 0; j < 80; j++)
                {
                    if (t[i, k] > t[j, k])
                        (wins, pairs) = (wins + (z[i, k] > z[j, k] ? 1 : z[i, k] == z[j, k] ? 0.5 : 0), pairs + 1);
                }
            }

            Assert.Equal(correct / 80, evaluation.AccuracyOf(k));
            Assert.Equal(wins / pairs, evaluation.AreaUnderCurveOf(k), 1e-14);
        }

        Assert.Equal(Enumerable.Range(0, 3).Average(evaluation.AreaUnderCurveOf), evaluation.AreaUnderCurve, 1e-15);
        Assert.Equal(Enumerable.Range(0, 3).Average(evaluation.AccuracyOf), evaluation.Accuracy, 1e-15);
        Assert.Equal(Enumerable.Range(0, 80).Count(i => right[i, 0] && right[i, 1] && right[i, 2]) / 80.0, evaluation.ExactAccuracy);
        Evaluation oneSided = new(TargetKind.BinaryLabels, 1);
        oneSided.Add(Matrix<double>.Build.Dense(3, 1, 1.0), Matrix<double>.Build.Dense(3, 1, 1.0));
        Assert.True(double.IsNaN(oneSided.AreaUnderCurve));
        Assert.Equal(1, oneSided.Accuracy);
        oneSided.Add(Matrix<double>.Build.Dense(1, 1, double.NaN), Matrix<double>.Build.Dense(1, 1, 0.0));
        Assert.True(double.IsNaN(oneSided.AreaUnderCurve));
        Assert.Equal(0.75, oneSided.Accuracy);
    }

    [Fact]
    public void Many_classes_take_memory_by_the_pairs_that_occur()
    {
        const int classes = 100_000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Evaluation evaluation = new(classes);
        Matrix<float> logits = Matrix<float>.Build.Dense(2, classes);
        logits[0, 70_000] = logits[1, 70_000] = 1;
        evaluation.Add(logits, [99_999, 70_000]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Equal([new Confusion(70_000, 70_000, 1), new Confusion(99_999, 70_000, 1)], evaluation.Confusions);
        Assert.Equal((1, 0, 0.5), (evaluation.Confusion(99_999, 70_000), evaluation.Confusion(70_000, 99_999), evaluation.Accuracy));
        Assert.Throws<ArgumentOutOfRangeException>(() => evaluation.Confusion(classes, 0));
    }

    private static double[] Softmax(double[] row)
    {
        double sum = row.Sum(Math.Exp);
        return [.. row.Select(z => Math.Exp(z) / sum)];
    }

    private static double Calibration(double[][] probabilities, bool[] right)
    {
        double error = 0;
        for (int bin = 0; bin < 15; bin++)
        {
            int[] members = [.. Enumerable.Range(0, right.Length).Where(i => probabilities[i].Max() > bin / 15.0 && probabilities[i].Max() <= (bin + 1) / 15.0)];
            if (members.Length > 0)
                error += members.Length / (double)right.Length * Math.Abs(members.Average(i => right[i] ? 1.0 : 0.0) - members.Average(i => probabilities[i].Max()));
        }

        return error;
    }
}
