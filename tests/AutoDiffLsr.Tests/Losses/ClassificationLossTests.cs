using System.Numerics;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class ClassificationLossTests
{
    /// <summary>Made anew for each test: in mutation testing one process runs them for many mutants.</summary>
    private static ClassificationLoss[] All =>
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
    public void The_value_for_all_ignored_stands_for_the_mean_of_nothing_only()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 3, 1.0), nothing = Matrix<double>.Build.Dense(0, 3);
        Assert.Equal(Math.Log(3), new CrossEntropy { IgnoredLabel = 2, ValueWhenAllIgnored = 5 }.Run(logits, [2, 1]).Loss[0, 0], 1e-15);
        Assert.Equal(5, new CrossEntropy { IgnoredLabel = 2, ValueWhenAllIgnored = 5 }.Run(logits, [2, 2]).Loss[0, 0]);
        Assert.Equal(0, new CrossEntropy { IgnoredLabel = 2, ValueWhenAllIgnored = 5, Reduction = Reduction.Sum }.Run(logits, [2, 2]).Loss[0, 0]);
        Assert.Equal(Matrix<double>.Build.Dense(2, 1), new CrossEntropy { IgnoredLabel = 2, ValueWhenAllIgnored = 5, Reduction = Reduction.None }.Run(logits, [2, 2]).Loss);
        Assert.Equal(5, new CrossEntropy { ClassWeights = [0, 1, 1], ValueWhenAllIgnored = 5 }.Run(logits, [0, 0]).Loss[0, 0]);
        Assert.Equal(5, new CrossEntropy { ValueWhenAllIgnored = 5 }.Run(nothing, []).Loss[0, 0]);
        Assert.Equal(0, new CrossEntropy().Run(nothing, []).Loss[0, 0]);
        Assert.Equal(0, new CrossEntropy { ValueWhenAllIgnored = 5, Reduction = Reduction.Sum }.Run(nothing, []).Loss[0, 0]);
    }

    [Fact]
    public void A_class_of_weight_zero_does_not_count_even_where_its_logits_are_no_numbers()
    {
        Matrix<double> logits = Matrix<double>.Build.DenseOfArray(new[,] { { double.NaN, double.NaN, double.NaN }, { 1, 2, 3 } });
        foreach (double zero in (double[])[0.0, -0.0])
        {
            var (loss, gradient) = new CrossEntropy { ClassWeights = [zero, 1, 1], Reduction = Reduction.None }.Run(logits, [0, 1]);
            Assert.Equal(0, loss[0, 0]);
            Assert.Equal([0.0, 0, 0], gradient.Row(0));
            Assert.True(loss[1, 0] > 0);
        }
    }

    [Fact]
    public void Class_weights_and_an_ignored_label_go_together()
    {
        // Rows of label 0 count 2, of label 1 not at all, of label 2 they count 0.5.
        Matrix<double> logits = Matrix<double>.Build.Dense(4, 3, (i, j) => (i * j) - i);
        int[] labels = [0, 1, 2, 2];
        double[] rows = new CrossEntropy { Reduction = Reduction.None }.Run(logits, labels).Loss.ToColumnMajorArray();
        double total = (2 * rows[0]) + (0.5 * rows[2]) + (0.5 * rows[3]);
        Assert.Equal(total / 3, new CrossEntropy { ClassWeights = [2, 7, 0.5], IgnoredLabel = 1 }.Run(logits, labels).Loss[0, 0], 1e-15);
        Assert.Equal(total, new CrossEntropy { ClassWeights = [2, 7, 0.5], IgnoredLabel = 1, Reduction = Reduction.Sum }.Run(logits, labels).Loss[0, 0], 1e-15);
        Assert.Equal(rows.Average(), new CrossEntropy().Run(logits, labels).Loss[0, 0], 1e-15);
        Assert.Equal(rows.Sum(), new CrossEntropy { Reduction = Reduction.Sum }.Run(logits, labels).Loss[0, 0], 1e-14);
        Assert.Equal((rows[0] + rows[2] + rows[3]) / 3, new CrossEntropy { IgnoredLabel = 1 }.Run(logits, labels).Loss[0, 0], 1e-15);
    }

    [Fact]
    public void Class_weights_are_kept_as_they_were_given()
    {
        double[] weights = [1, 0, 2];
        CrossEntropy loss = new() { ClassWeights = weights };
        weights[0] = 100;
        Assert.Equal([1, 0, 2], loss.ClassWeights);
        Assert.Null(new CrossEntropy { ClassWeights = null }.ClassWeights);
    }

    [Fact]
    public void A_class_of_minus_infinity_is_left_out()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(1, 3, [2, double.NegativeInfinity, double.NegativeInfinity]);
        foreach (ClassificationLoss loss in new ClassificationLoss[] { new CrossEntropy(), new AbsoluteCrossEntropy(), new SparseLabelSmoothing(0) })
        {
            var (value, gradient) = loss.Run(logits, [0]);
            Assert.Equal((0.0, Matrix<double>.Build.Dense(1, 3)), (value[0, 0], gradient));
        }
    }

    [Fact]
    public void Nan_logits_give_a_gradient_of_nan_in_their_row_only()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 3, [1, 1, double.NaN, 2, 3, 3]);
        foreach (ClassificationLoss loss in All)
        {
            Matrix<double> gradient = loss.Run(logits, [0, 0]).Gradient;
            Assert.True(double.IsNaN(gradient[0, 0]), loss.Name);
            Assert.All(gradient.Row(1), value => Assert.True(double.IsFinite(value), loss.Name));
        }
    }

    [Fact]
    public void Each_loss_is_known_by_its_name() => Assert.Equal(
        ["ce", "lsr", "lsr", "sparse-lsr", "sparse-lsr", "ace", "sparse-lsr:as-published"],
        [.. All.Select(loss => loss.Name), new SparseLabelSmoothing(0.1, SparseLsrForm.AsPublished).Name]);

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

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_class_weight_is_finite_and_not_negative(double weight)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CrossEntropy { ClassWeights = [0, 1, weight] });
        Assert.Contains("ClassWeights[2] is", error.Message, StringComparison.Ordinal);
        Assert.Equal("weights", error.ParamName);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 3);
        Assert.Equal("labels", Assert.Throws<ArgumentNullException>(() => new CrossEntropy().Run(logits, null!)).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => new CrossEntropy().Run(logits, [0])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => new CrossEntropy().Run(logits, [0, 3])).ParamName);
        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => new CrossEntropy().Run(Matrix<double>.Build.Dense(2, 1), [0, 0])).ParamName);
        Assert.Equal("smoothing", Assert.Throws<ArgumentOutOfRangeException>(() => new SparseLabelSmoothing(2)).ParamName);
        ArgumentOutOfRangeException form = Assert.Throws<ArgumentOutOfRangeException>(() => new SparseLabelSmoothing(0.1, (SparseLsrForm)2));
        Assert.Equal("form", form.ParamName);
        Assert.Contains("Equation or AsPublished", form.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ignored_label_may_be_any_number_and_only_it_may()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 3, (i, j) => j);
        Assert.Equal(new CrossEntropy().Run(logits.SubMatrix(1, 1, 0, 3), [2]).Loss, new CrossEntropy { IgnoredLabel = 255 }.Run(logits, [255, 2]).Loss);
        Assert.Contains("labels[1] is 254", Assert.Throws<ArgumentException>(() => new CrossEntropy { IgnoredLabel = 255 }.Run(logits, [255, 254])).Message, StringComparison.Ordinal);
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
