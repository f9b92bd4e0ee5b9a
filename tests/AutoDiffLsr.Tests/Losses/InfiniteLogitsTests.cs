using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

/// <summary>Losses of logits that are infinite, huge, tiny or equal: what finite logits tend to, in value and both orders, recorded or not.</summary>
public sealed class InfiniteLogitsTests : IDisposable
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly ClassificationLoss[] All =
    [
        new CrossEntropy(), new LabelSmoothing(0.1), new SparseLabelSmoothing(0.2), new AbsoluteCrossEntropy(0.5, 3), new AbsoluteCrossEntropy(), new LabelSmoothing(0), new SparseLabelSmoothing(1),
    ];

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    public static TheoryData<double[], int, double, double[]> CrossEntropies => new()
    {
        { [-Infinity, -Infinity, 0], 2, 0, [0, 0, 0] },
        { [Infinity, 0, 1], 0, 0, [0, 0, 0] },
        { [Infinity, 0, 1], 1, Infinity, [1, -1, 0] },
        { [-Infinity, 0, 0], 0, Infinity, [-1, 0.5, 0.5] },
        { [-Infinity, -Infinity, -Infinity], 1, Math.Log(3), [1 / 3.0, -2 / 3.0, 1 / 3.0] },
        { [Infinity, 5, Infinity], 0, Math.Log(2), [-0.5, 0, 0.5] },
        { [-Infinity, 0, 0], 1, Math.Log(2), [0, -0.5, 0.5] },
    };

    [Theory]
    [MemberData(nameof(CrossEntropies))]
    public void Cross_entropy_is_the_limit(double[] logits, int label, double value, double[] gradient)
    {
        (double loss, double[] plain, double[] recorded) = Run(new CrossEntropy(), logits, label);
        AssertClose(value, loss);
        AssertClose(gradient, plain);
        Assert.Equal(plain, recorded);
    }

    [Fact]
    public void Smoothed_losses_are_the_limit()
    {
        (double loss, double[] gradient, _) = Run(new LabelSmoothing(0.1), [-Infinity, 0, 1], 0);
        Assert.Equal(Infinity, loss);
        double p = 1 / (1 + Math.E);
        AssertClose([-0.9 - (0.1 / 3), p - (0.1 / 3), 1 - p - (0.1 / 3)], gradient);
        (loss, gradient, _) = Run(new LabelSmoothing(0.1), [0, -Infinity], 0);
        Assert.Equal(Infinity, loss);
        AssertClose([0.05, -0.05], gradient);
        (loss, gradient, _) = Run(new LabelSmoothing(0.1), [Infinity, Infinity], 0);
        AssertClose(Math.Log(2), loss);
        AssertClose([-0.45, 0.45], gradient);
        (loss, gradient, _) = Run(new SparseLabelSmoothing(0.2), [0, -Infinity], 0);
        Assert.Equal(Infinity, loss);
        AssertClose([0.1, -0.1], gradient);
        (loss, gradient, _) = Run(new SparseLabelSmoothing(0.2), [-Infinity, 3], 0);
        Assert.Equal(Infinity, loss);
        AssertClose([-0.9, 0.9], gradient);
        (loss, gradient, _) = Run(new AbsoluteCrossEntropy(2, 3), [5, -Infinity, -Infinity], 0);
        AssertClose(2 * Math.Log(3), loss);
        AssertClose([0, 0, 0], gradient);
        (loss, gradient, _) = Run(new AbsoluteCrossEntropy(2, 3), [-Infinity, 1, 1], 0);
        Assert.Equal(Infinity, loss);
        AssertClose([-2, 1, 1], gradient);
    }

    [Fact]
    public void Binary_cross_entropy_and_cross_entropy_of_distributions_are_the_limit()
    {
        Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(1, 4, [-Infinity, Infinity, -Infinity, Infinity])), t = tape.Constant(Matrix<double>.Build.Dense(1, 4, [0.0, 1, 1, 0]));
        Variable<double> loss = new BinaryCrossEntropy { Reduction = Reduction.Sum }.Compute(z, t);
        Assert.Equal(Infinity, loss.Scalar);
        Assert.Equal(Matrix<double>.Build.Dense(1, 4, [0.0, 0, -1, 1]), tape.Gradient(loss, z).Value);
        Variable<double> right = new BinaryCrossEntropy().Compute(tape.Constant(Matrix<double>.Build.Dense(1, 2, [-Infinity, Infinity])), tape.Constant(Matrix<double>.Build.Dense(1, 2, [0.0, 1])));
        Assert.Equal(0.0, right.Scalar);
        z = tape.Variable(Matrix<double>.Build.Dense(1, 3, [-Infinity, 1.0, 1]));
        t = tape.Constant(Matrix<double>.Build.Dense(1, 3, [0.0, 0.5, 0.5]));
        loss = new CrossEntropy().Compute(z, t);
        AssertClose(Math.Log(2), loss.Scalar);
        Assert.True(tape.Gradient(loss, z).Value.InfinityNorm() <= 1e-15);
    }

    [Fact]
    public void Large_logits_keep_their_digits_when_the_gradient_is_recorded()
    {
        using Tape<float> single = new();
        Variable<float> z = single.Variable(Matrix<float>.Build.Dense(1, 4, 1e8f)), loss = new CrossEntropy().Compute(z, [0]);
        Variable<float> gradient = single.Gradient(loss, z, createGraph: true);
        Assert.Equal(Matrix<float>.Build.Dense(1, 4, [-0.75f, 0.25f, 0.25f, 0.25f]), gradient.Value);
        Assert.Equal(0.1875f, single.Gradient(gradient.SliceColumns(0, 1), z).Value[0, 0], 1e-6f);
    }

    [Fact]
    public void At_the_kink_of_ace_both_gradients_take_one_side()
    {
        (_, double[] plain, double[] recorded) = Run(new AbsoluteCrossEntropy(0.5, 3), [300, 300, 0, 300], 1);
        Assert.Equal(plain, recorded);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(Infinity)]
    [InlineData(-Infinity)]
    public void An_ignored_row_has_no_part_in_any_order(double value)
    {
        foreach (Func<int, ClassificationLoss> make in new Func<int, ClassificationLoss>[]
        {
            i => new CrossEntropy { IgnoredLabel = i }, i => new LabelSmoothing(0.1) { IgnoredLabel = i }, i => new SparseLabelSmoothing(0.2) { IgnoredLabel = i }, i => new AbsoluteCrossEntropy(1, 2) { IgnoredLabel = i },
        })
        {
            tape.Reset();
            Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(2, 3, [value, 1, value, 2, 0, 4]));
            Variable<double> first = tape.Gradient(make(7).Compute(z, [7, 2]), z, createGraph: true), second = tape.Gradient(first.Square().Sum(), z, createGraph: true);
            Matrix<double> third = tape.Gradient(second.Square().Sum(), z).Value;
            foreach (Matrix<double> order in new[] { first.Value, second.Value, third })
            {
                Assert.Equal(Vector<double>.Build.Dense(3), order.Row(0));
                Assert.All(order.Row(1), number => Assert.True(double.IsFinite(number) && number != 0));
            }
        }
    }

    /// <summary>The two ways to a gradient, and in the second order nothing that is not a number where the first order is one.</summary>
    [Property(MaxTest = 400)]
    public Property A_recorded_gradient_is_the_plain_one_bit_for_bit() => Prop.ForAll(Cases(), c =>
    {
        using Tape<double> wide = new();
        using Tape<float> single = new();
        return Same(wide, c, x => x) && Same(single, c, x => (float)x);
    });

    private static bool Same<T>(Tape<T> tape, Case c, Func<double, T> convert)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        Matrix<T> logits = Matrix<T>.Build.Dense(c.Logits.Length / c.Columns, c.Columns, [.. c.Logits.Select(convert)]);
        Variable<T> z = tape.Variable(logits), loss = All[c.Loss].Compute(z, c.Labels);
        Variable<T> plain = tape.Gradient(loss, z), recorded = tape.Gradient(loss, z, createGraph: true);
        Variable<T> second = tape.Gradient(recorded, z, cotangent: tape.Constant(recorded.Shape, T.One));
        return plain.Value.Enumerate().SequenceEqual(recorded.Value.Enumerate())
            && !plain.Value.Enumerate().Any(T.IsNaN)
            && !second.Value.Enumerate().Any(T.IsNaN);
    }

    private static Arbitrary<Case> Cases()
    {
        Gen<double> logit = Gen.Frequency(
            (4, Gen.Choose(-30, 30).Select(i => i / 4.0)),
            (2, Gen.Elements(0.0, 1, 1)),
            (2, Gen.Elements(Infinity, -Infinity)),
            (2, Gen.Elements(1e8, -1e8, 1e30, -1e30, 3e38, -3e38)),
            (1, Gen.Elements(1e-320, -1e-320, 1e-40, -1e-40)));
        return (from rows in Gen.Choose(1, 20)
                from columns in Gen.Choose(2, 5)
                from logits in logit.ArrayOf(rows * columns)
                from labels in Gen.Choose(0, columns - 1).ArrayOf(rows)
                from loss in Gen.Choose(0, All.Length - 1)
                select new Case(logits, labels, columns, loss)).ToArbitrary();
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-14 * (1 + Math.Abs(expected)), $"{actual:R} for {expected:R}");

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (int j = 0; j < expected.Length; j++)
            AssertClose(expected[j], actual[j]);
    }

    /// <summary>Value and gradients of one row, alone and in the middle of others, which must be the same.</summary>
    private (double Loss, double[] Plain, double[] Recorded) Run(ClassificationLoss loss, double[] logits, int label)
    {
        (double, double[], double[])? result = null;
        foreach (int rows in new[] { 1, 21 })
        {
            int row = rows / 2;
            tape.Reset();
            Matrix<double> all = Matrix<double>.Build.Dense(rows, logits.Length, (i, j) => i == row ? logits[j] : (i % 3) - j);
            int[] labels = [.. Enumerable.Range(0, rows).Select(i => i == row ? label : 0)];
            Variable<double> z = tape.Variable(all), losses = Each(loss).Compute(z, labels), ones = tape.Constant(new Shape(rows, 1), 1);
            double[] plain = [.. tape.Gradient(losses, z, cotangent: ones).Value.Row(row)], recorded = [.. tape.Gradient(losses, z, createGraph: true, cotangent: ones).Value.Row(row)];
            result ??= (losses.Value[row, 0], plain, recorded);
            AssertClose(result.Value.Item1, losses.Value[row, 0]);
            AssertClose(result.Value.Item2, plain);
            Assert.Equal(plain, recorded);
        }

        return result!.Value;
    }

    private static ClassificationLoss Each(ClassificationLoss loss) => loss switch
    {
        CrossEntropy => new CrossEntropy { Reduction = Reduction.None },
        LabelSmoothing lsr => new LabelSmoothing(lsr.Smoothing) { Reduction = Reduction.None },
        SparseLabelSmoothing sparse => new SparseLabelSmoothing(sparse.Smoothing) { Reduction = Reduction.None },
        AbsoluteCrossEntropy ace => new AbsoluteCrossEntropy(ace.Phi0, ace.Phi1) { Reduction = Reduction.None },
        _ => throw new NotSupportedException(),
    };

    internal sealed record Case(double[] Logits, int[] Labels, int Columns, int Loss)
    {
        public override string ToString() => $"{All[Loss].Name} of [{string.Join(" ", Logits)}] in {Columns} columns, labels {string.Join(" ", Labels)}";
    }
}
