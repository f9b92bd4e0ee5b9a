using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Checking.FsCheck;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses.Extremes;

/// <summary>Losses at logits of any size against double-double arithmetic.</summary>
public sealed class LossExtremesTests(ITestOutputHelper output)
{
    private const int RowsAtOnce = 8;

    /// <summary>
    /// Below the smallest normal number a gradient may be 0: exponentials that small are flushed.
    /// The bound, in roundings of the result plus those that one rounding of the logits explains. What is reached is printed; see docs/losses.md.
    /// </summary>
    private const double Bound = 4;

    /// <summary>LSR adds up all logits, up to 64 columns of them in their own type before the sums go on in double.</summary>
    private const double SumBound = 64;

    public static TheoryData<string> Losses => ["ce", "lsr", "sparse-lsr", "ace"];

    [Fact]
    public void The_reference_agrees_with_values_of_sixty_digits()
    {
        // Computed in 60-digit decimal arithmetic, as in GoldenLossTests.
        ExactLoss exact = ExactLoss.Of(new SparseLabelSmoothing(0.1), [20, 0, 1, 2], 0);
        Assert.Equal(1.40182549721071, exact.Value, 1e-14);
        Assert.Equal([.0749999771060707, -.00675229092662496, -.0183546297263135, -.0498930564531322], exact.Gradient, (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal(2.28939295426224e-8, ExactLoss.Of(new CrossEntropy(), [20, 0, 1, 2], 0).Value, 1e-22);
        Assert.Equal(2.14232763387367e-21, ExactLoss.Of(new CrossEntropy(), [50, 0, 1, 2], 0).Value, 1e-35);
        Assert.Equal(1.42500002289393, ExactLoss.Of(new LabelSmoothing(0.1), [20, 0, 1, 2], 0).Value, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Double_is_exact_to_a_few_roundings_at_any_size(string loss) => Run<double>(loss, 300, Math.Pow(2, -52), Math.Pow(2, -1022));

    [Theory]
    [MemberData(nameof(Losses))]
    public void Float_is_exact_to_a_few_roundings_at_any_size(string loss) => Run<float>(loss, 30, Math.Pow(2, -23), Math.Pow(2, -126));

    private static ClassificationLoss Make(string loss, RandomSource random)
    {
        double smoothing = new[] { 0, 0.1, 0.25, 1 }[random.NextInt(4)];
        return loss switch
        {
            "ce" => new CrossEntropy { Reduction = Reduction.None },
            "lsr" => new LabelSmoothing(smoothing) { Reduction = Reduction.None },
            "sparse-lsr" => new SparseLabelSmoothing(smoothing) { Reduction = Reduction.None },
            _ => new AbsoluteCrossEntropy(1.5, 1.1) { Reduction = Reduction.None },
        };
    }

    private void Run<T>(string name, int exponent, double rounding, double smallest)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(Effort.Seed);
        double worstValue = 0, worstGradient = 0;
        int rows = Effort.Cases(1_000, 100_000);
        using Tape<T> tape = new();
        for (int done = 0; done < rows; done += RowsAtOnce)
        {
            ClassificationLoss loss = Make(name, random);
            int classes = Classes(random);
            double[][] logits = [.. Enumerable.Range(0, RowsAtOnce).Select(_ => Row<T>(random, classes, exponent))];
            int[] labels = [.. logits.Select(_ => random.NextInt(classes))];
            tape.Reset();
            Variable<T> z = tape.Variable(Matrix<T>.Build.Dense(RowsAtOnce, classes, (i, j) => T.CreateTruncating(logits[i][j])));
            Variable<T> losses = loss.Compute(z, labels), gradient = tape.Gradient(losses, z, cotangent: tape.Constant(losses.Shape, T.One));
            for (int row = 0; row < RowsAtOnce; row++)
            {
                ExactLoss exact = ExactLoss.Of(loss, logits[row], labels[row]);
                double value = double.CreateTruncating(losses.Value[row, 0]);
                worstValue = Math.Max(worstValue, Check(exact.Value, value, exact.ValueCondition, name == "lsr" ? SumBound : Bound, $"value of [{string.Join(", ", logits[row].Take(9))}], label {labels[row]}, {loss.Name}"));
                for (int j = 0; j < classes; j++)
                    worstGradient = Math.Max(worstGradient, Check(exact.Gradient[j], double.CreateTruncating(gradient.Value[row, j]), exact.GradientCondition[j], Bound, $"gradient {j} of [{string.Join(", ", logits[row].Take(9))}], label {labels[row]}, {loss.Name}"));
            }
        }

        output.WriteLine($"MEASURED {name} {typeof(T).Name}: {rows} rows, value {worstValue:F2}, gradient {worstGradient:F2} roundings");

        double Check(double expected, double actual, double condition, double bound, string what)
        {
            if (double.IsInfinity(double.CreateTruncating(T.CreateTruncating(expected))))
            {
                Assert.True(double.IsInfinity(actual) && Math.Sign(actual) == Math.Sign(expected), $"{what}: {actual} for {expected}");
                return 0;
            }

            double unit = (rounding * (Math.Abs(expected) + Math.Min(condition, double.MaxValue / 4))) + smallest, error = Math.Abs(actual - expected) / unit;
            Assert.True(error <= bound, $"{what}: {actual:R} for {expected:R}, off by {error} roundings");
            return error;
        }
    }

    /// <summary>2 to 10,000; large ones seldom, because they take long.</summary>
    private static int Classes(RandomSource random) => random.NextInt(1000) switch
    {
        0 => 10_000,
        < 10 => 1_000,
        < 100 => 100,
        < 300 => 2,
        _ => 3 + random.NextInt(8),
    };

    /// <summary>Logits of one size or of many, denormals, zeros and ties.</summary>
    private static double[] Row<T>(RandomSource random, int classes, int exponent)
        where T : struct, IFloatingPointIeee754<T>
    {
        int kind = random.NextInt(6), size = random.NextInt(exponent) + 1;
        double[] row = new double[classes];
        for (int j = 0; j < classes; j++)
        {
            double digits = (random.NextDouble() * 2) - 1;
            row[j] = kind switch
            {
                0 => digits * 3,
                1 => digits * 50,
                2 => digits * Math.Pow(10, size),
                3 => digits * Math.Pow(10, random.NextInt(2 * exponent) - exponent),
                4 => Math.Round(digits * 2) * Math.Pow(10, size),
                _ => random.NextInt(3) == 0 ? 0 : digits * double.CreateTruncating(T.Epsilon) * 1000,
            };
            row[j] = double.CreateTruncating(T.CreateTruncating(row[j]));
        }

        return row;
    }
}
