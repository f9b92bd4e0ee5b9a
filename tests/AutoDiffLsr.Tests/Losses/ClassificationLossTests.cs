using System.Numerics;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class ClassificationLossTests
{
    private static readonly ClassificationLoss[] All =
        [new CrossEntropy(), new LabelSmoothing(0.1), new LabelSmoothing(1), new SparseLabelSmoothing(0.1), new SparseLabelSmoothing(1), new AbsoluteCrossEntropy(2, 1.1)];

    [Fact]
    public void Finite_logits_of_any_size_never_give_nan()
    {
        NeverNan(float.MaxValue, 1e30f);
        NeverNan(double.MaxValue, 1e300);
    }

    [Fact]
    public void A_value_is_infinite_only_where_the_true_value_is_too_large()
    {
        // The margin is 2·MaxValue here, beyond the type; B times it is not.
        Matrix<double> logits = Matrix<double>.Build.Dense(1, 10, (_, j) => j == 0 ? double.MaxValue : -double.MaxValue);
        Assert.Equal(0.09 * 2, new SparseLabelSmoothing(0.1).Run(logits, [0]).Loss[0, 0] / double.MaxValue, 1e-12);
        Assert.Equal(0.09 * 2, new LabelSmoothing(0.1).Run(logits, [0]).Loss[0, 0] / double.MaxValue, 1e-12);
        Assert.Equal(0.2, new LabelSmoothing(1).Run(-logits, [0]).Loss[0, 0] / double.MaxValue, 1e-12);
        Assert.Equal(double.PositiveInfinity, new CrossEntropy().Run(logits, [1]).Loss[0, 0]);
    }

    [Fact]
    public void Nan_logits_give_nan_and_not_a_wrong_number()
    {
        foreach (ClassificationLoss loss in All)
        {
            Matrix<float> logits = Matrix<float>.Build.Dense(1, 3, [1, float.NaN, 2]);
            Assert.All(new[] { 0, 1, 2 }, label => Assert.True(float.IsNaN(loss.Run(logits, [label]).Loss[0, 0]), $"{loss.Name}, label {label}"));
        }
    }

    [Fact]
    public void All_rows_ignored_give_zero_unless_told_otherwise()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 3, 1.0);
        var (loss, gradient) = new CrossEntropy { IgnoredLabel = 2 }.Run(logits, [2, 2]);
        Assert.Equal(0, loss[0, 0]);
        Assert.Equal(Matrix<double>.Build.Dense(2, 3), gradient);
        Assert.Equal(double.NaN, new CrossEntropy { IgnoredLabel = 2, ValueWhenAllIgnored = double.NaN }.Run(logits, [2, 2]).Loss[0, 0]);
    }

    [Fact]
    public void No_reduction_gives_one_loss_a_row()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(3, 2, (i, j) => i - j);
        Matrix<double> rows = new CrossEntropy { Reduction = Reduction.None, IgnoredLabel = -1 }.Run(logits, [0, -1, 1]).Loss;
        Assert.Equal((3, 1), (rows.RowCount, rows.ColumnCount));
        Assert.Equal(0, rows[1, 0]);
        Assert.Equal(Math.Log(1 + Math.Exp(-1)), rows[0, 0], 1e-15);
        Assert.Equal(1 + Math.Log(1 + Math.Exp(-1)), rows[2, 0], 1e-15);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_smoothing_outside_0_to_1_is_refused(double smoothing)
    {
        Assert.Contains("[0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => new LabelSmoothing(smoothing)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseLabelSmoothing(smoothing));
    }

    [Theory]
    [InlineData(3, new[] { 0, 1, 10 }, "labels[2] is 10, but the logits have 10 classes (0..9).")]
    [InlineData(3, new[] { 0, -1, 1 }, "labels[1] is -1, but the logits have 10 classes (0..9).")]
    [InlineData(3, new[] { 0, 1 }, "There are 2 labels for 3 rows of logits")]
    public void Labels_that_do_not_fit_are_named(int rows, int[] labels, string message)
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(rows, 10);
        Assert.All(All, loss => Assert.Contains(message, Assert.Throws<ArgumentException>(() => loss.Run(logits, labels)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Fewer_than_two_classes_are_refused() =>
        Assert.Contains("at least 2 classes", Assert.Throws<ArgumentException>(() => new CrossEntropy().Run(Matrix<double>.Build.Dense(1, 1), [0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Class_weights_must_be_one_a_class_and_not_negative()
    {
        Assert.Contains("ClassWeights[1] is -1", Assert.Throws<ArgumentException>(() => new CrossEntropy { ClassWeights = [1, -1] }).Message, StringComparison.Ordinal);
        Assert.Contains("2 class weights for 3 classes", Assert.Throws<ArgumentException>(
            () => new CrossEntropy { ClassWeights = [1, 1] }.Run(Matrix<double>.Build.Dense(1, 3), [0])).Message, StringComparison.Ordinal);
    }

    private static void NeverNan<T>(params T[] sizes)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(11);
        T[] magnitudes = [.. sizes, T.One, T.CreateChecked(100), T.Epsilon, T.Zero];
        for (int round = 0; round < 300; round++)
        {
            int classes = 2 + random.NextInt(6);
            Matrix<T> logits = Matrix<T>.Build.Dense(
                2, classes, (_, _) => magnitudes[random.NextInt(magnitudes.Length)] * T.CreateChecked((random.NextInt(3) - 1) * (random.NextInt(2) == 0 ? 1 : random.NextDouble())));
            int[] labels = [random.NextInt(classes), random.NextInt(classes)];
            foreach (ClassificationLoss loss in All)
            {
                var (value, gradient) = loss.Run(logits, labels);
                Assert.False(T.IsNaN(value[0, 0]), $"{loss.Name} of {logits} is NaN");
                Assert.All(gradient.Enumerate(), g => Assert.True(T.IsFinite(g), $"{loss.Name} of {logits}: gradient {g}"));
            }
        }
    }
}
