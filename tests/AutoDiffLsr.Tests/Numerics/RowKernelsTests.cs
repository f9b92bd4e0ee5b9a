using System.Numerics;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Losses;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>Row kernels against plain loops in double, at row counts around every vector width and column counts around every block size.</summary>
public sealed class RowKernelsTests
{
    private static readonly int[] RowCounts = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 70];
    private static readonly int[] ColumnCounts = [2, 3, 10, 63, 64, 65, 130, 4095, 4096, 4200];

    [Property(MaxTest = 150)]
    public Property Softmaxes_and_log_sum_exps_agree_with_plain_loops() => Prop.ForAll(Cases(), c =>
    {
        double worst = Math.Max(Worst<double>(c) / 1e-13, Worst<float>(c) / 2e-6);
        return (worst <= 1).Label($"{c}: {worst} times the bound");
    });

    [Property(MaxTest = 100)]
    public Property Losses_of_wide_and_narrow_logits_are_those_of_their_definition() => Prop.ForAll(Cases(), c =>
    {
        Matrix<double> z = Logits(c);
        int[] labels = Labels(c);
        var (value, gradient) = new SparseLabelSmoothing(0.2) { Reduction = Reduction.None }.Run(z, labels);
        double worst = 0;
        double spread = 0.2 * (c.Columns - 1) / c.Columns;
        for (int row = 0; row < c.Rows; row++)
        {
            double logSum = LogSumExp(z.Row(row), labels[row]), d = z[row, labels[row]] - logSum;
            double loss = Math.Max(-d, 0) + Math.Log(1 + Math.Exp(-Math.Abs(d))) + (spread * d) + (spread * Math.Log(c.Columns - 1));
            double slope = (1 / (1 + Math.Exp(-d))) - (1 - spread);
            worst = Math.Max(worst, Math.Abs(loss - value[row, 0]));
            for (int j = 0; j < c.Columns; j++)
                worst = Math.Max(worst, Math.Abs((j == labels[row] ? slope : -slope * Math.Exp(z[row, j] - logSum)) - gradient[row, j]));
        }

        return (worst <= 1e-11).Label($"{c}: {worst}");
    });

    [Fact]
    public void A_quarter_million_classes_are_right_to_a_millionth_in_float()
    {
        const int Rows = 4, Columns = 250_000;
        RandomSource random = new(3);
        Matrix<float> z = Matrix<float>.Build.Dense(Rows, Columns, (_, _) => (float)random.NextNormal());
        int[] labels = [0, 7, 249_999, 123_456];
        foreach (ClassificationLoss loss in new ClassificationLoss[] { new CrossEntropy(), new LabelSmoothing(0.1), new SparseLabelSmoothing(0.1) })
        {
            var (single, gradient) = loss.Run(z, labels);
            var (wide, wideGradient) = loss.Run(z.Map(v => (double)v), labels);
            Assert.Equal(wide[0, 0], single[0, 0], 1e-6 * wide[0, 0]);
            Assert.True((gradient.Map(v => (double)v) - wideGradient).Enumerate().Max(Math.Abs) <= 1e-7);
        }
    }

    [Theory]
    [InlineData(20, 60_000)]
    [InlineData(600, 2_000)]
    [InlineData(1029, 1_100)]
    public void A_gradient_larger_than_the_caches_is_right_in_every_entry(int rows, int columns)
    {
        Matrix<double> z = Logits(new RowCase(rows, columns, Seed: 4));
        int[] labels = Labels(new RowCase(rows, columns, Seed: 4));
        var (_, gradient) = new CrossEntropy { Reduction = Reduction.Sum }.Run(z.Map(v => (float)v), labels);
        double worst = 0;
        for (int row = 0; row < rows; row++)
        {
            double logSum = LogSumExp(z.Row(row), leftOut: -1);
            for (int j = 0; j < columns; j++)
                worst = Math.Max(worst, Math.Abs(Math.Exp(z[row, j] - logSum) - (j == labels[row] ? 1 : 0) - gradient[row, j]));
        }

        Assert.True(worst < 2e-7, $"off by {worst}");
    }

    /// <summary>
    /// Entries that rise along the columns raise the shift in none of the blocks after the first, in some, or in each; a fall never does.
    /// </summary>
    [Theory]
    [InlineData(1.0 / 1024)]
    [InlineData(1.0 / 256)]
    [InlineData(1.0 / 32)]
    [InlineData(1.0)]
    [InlineData(-1.0 / 32)]
    public void Logits_that_rise_from_block_to_block_are_as_right(double step)
    {
        foreach (int rows in (int[])[4, 20, 70])
        {
            RowCase c = new(rows, 1100, Seed: 5);
            Matrix<double> z = Logits(c) / 8;
            z.MapIndexedInplace((row, column, value) => value + (Math.Floor(column * step * 64) / 64 * (row % 3)));
            double worst = Math.Max(Worst<double>(c, z) / 1e-12, Worst<float>(c, z) / 2e-5);
            Assert.True(worst <= 1, $"{c}: {worst} times the bound");
            var (value, gradient) = new LabelSmoothing(0.2) { Reduction = Reduction.None }.Run(z.Map(x => (float)x), Labels(c));
            for (int row = 0; row < rows; row++)
            {
                int label = Labels(c)[row];
                double logSum = LogSumExp(z.Row(row), leftOut: -1);
                Assert.Equal(logSum - (0.8 * z[row, label]) - (0.2 * z.Row(row).Average()), value[row, 0], 1e-6 * (1 + Math.Abs(logSum)));
                for (int j = 0; j < c.Columns; j++)
                    Assert.Equal(Math.Exp(z[row, j] - logSum) - (0.2 / c.Columns) - (j == label ? 0.8 : 0), gradient[row, j], 1e-6);
            }
        }
    }

    /// <summary>Rows that are not numbers, from the first block on or only later, leave the rows beside them as they are.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1099)]
    public void A_row_of_no_numbers_does_not_disturb_its_neighbours(int column)
    {
        RowCase c = new(20, 1100, Seed: 6);
        Matrix<float> z = Logits(c).Map(x => (float)x), spoilt = z.Clone();
        (spoilt[3, column], spoilt[4, column], spoilt[18, column]) = (float.NaN, float.PositiveInfinity, float.NaN);
        spoilt.SetRow(5, new float[c.Columns].Select(_ => float.NegativeInfinity).ToArray());
        var (value, gradient) = new CrossEntropy { Reduction = Reduction.None }.Run(z, Labels(c));
        var (beside, gradientBeside) = new CrossEntropy { Reduction = Reduction.None }.Run(spoilt, Labels(c));
        int[] others = [.. Enumerable.Range(0, c.Rows).Except([3, 4, 5, 18])];
        Assert.Equal(others.Select(row => value[row, 0]), others.Select(row => beside[row, 0]), (a, b) => Math.Abs(a - b) <= 2e-6f);
        Assert.All(others, row => Assert.True((gradient.Row(row) - gradientBeside.Row(row)).InfinityNorm() <= 1e-6));
        Assert.All((int[])[3, 18], row => Assert.True(float.IsNaN(beside[row, 0])));
        Assert.Equal((column == Labels(c)[4] ? 0 : float.PositiveInfinity, MathF.Log(c.Columns)), (beside[4, 0], beside[5, 0]));
    }

    private static double Worst<T>(RowCase c)
        where T : struct, IFloatingPointIeee754<T> => Worst<T>(c, Logits(c));

    private static double Worst<T>(RowCase c, Matrix<double> z)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[] labels = Labels(c);
        Matrix<T> x = z.Map(T.CreateChecked), softmax = Matrix<T>.Build.Dense(c.Rows, c.Columns), others = softmax.Clone(), logSoftmax = softmax.Clone();
        T[] logSums = new T[c.Rows], logSumsOfOthers = new T[c.Rows];
        RowKernels.Softmax(x, null, softmax);
        RowKernels.Softmax(x, labels, others);
        RowKernels.LogSoftmax(x, logSoftmax);
        RowKernels.LogSumExp(x, null, logSums);
        RowKernels.LogSumExp(x, labels, logSumsOfOthers);
        double worst = 0;
        for (int row = 0; row < c.Rows; row++)
        {
            double all = LogSumExp(z.Row(row), leftOut: -1), rest = LogSumExp(z.Row(row), labels[row]);
            Note(all, logSums[row], 10);
            Note(rest, logSumsOfOthers[row], 10);
            for (int j = 0; j < c.Columns; j++)
            {
                Note(Math.Exp(z[row, j] - all), softmax[row, j], 1);
                Note(z[row, j] - all, logSoftmax[row, j], 20);
                Note(j == labels[row] ? 0 : Math.Exp(z[row, j] - rest), others[row, j], 1);
            }
        }

        return worst;

        void Note(double expected, T actual, double scale) => worst = Math.Max(worst, Math.Abs(expected - double.CreateChecked(actual)) / scale);
    }

    private static double LogSumExp(MathNet.Numerics.LinearAlgebra.Vector<double> row, int leftOut)
    {
        double largest = row.Where((_, j) => j != leftOut).Max();
        return largest + Math.Log(row.Where((_, j) => j != leftOut).Sum(z => Math.Exp(z - largest)));
    }

    // Float-exact logits, so that float and double start from the same numbers.
    private static Matrix<double> Logits(RowCase c)
    {
        RandomSource random = new(c.Seed);
        return Matrix<double>.Build.Dense(c.Rows, c.Columns, (_, _) => (random.NextInt(512) - 256) / 32.0);
    }

    private static int[] Labels(RowCase c)
    {
        RandomSource random = new(c.Seed + 1);
        return [.. Enumerable.Range(0, c.Rows).Select(_ => random.NextInt(c.Columns))];
    }

    private static Arbitrary<RowCase> Cases() => (
        from rows in Gen.Elements(RowCounts)
        from columns in Gen.Elements(ColumnCounts)
        from seed in Gen.Choose(0, 1000)
        select new RowCase(rows, columns, seed)).Where(c => c.Rows * c.Columns < 80_000).ToArbitrary();

    internal sealed record RowCase(int Rows, int Columns, int Seed);
}
