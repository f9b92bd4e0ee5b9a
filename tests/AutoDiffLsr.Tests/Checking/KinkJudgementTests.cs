using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

/// <summary>What the judgement of kinks and jumps rests on, each where only one part of it decides.</summary>
public sealed class KinkJudgementTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private static readonly CheckOptions DerivativeOnly = new() { Order = 1, Without = [.. Enum.GetValues<CheckKind>().Where(kind => kind != CheckKind.Derivative)] };

    /// <summary>√|x| is continuous, however steep it is at 0: its estimated limits fall with the steps, if slowly.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.4)]
    [InlineData(0.7)]
    public void A_cusp_is_no_jump(double power)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            CheckReport report = GradientCheck.Check(
                x => WrongOperations.WithGradient(x, v => 1 + Math.Pow(Math.Abs(v), power), static (x, y, dy) => 0.0 * dy), M.Dense(1, 1), DerivativeOnly with { Seed = seed });
            Assert.DoesNotContain("The function jumps at this point", report.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>The rounding of x alone moves a steep line by far more than the smallest jump that counts.</summary>
    [Fact]
    public void The_rounding_of_a_steep_function_is_no_jump()
    {
        for (int i = 0; i < 400; i++)
        {
            double at = 1 + (0.00731 * i);
            CheckReport report = GradientCheck.Check(x => 1e9 * (x - at), M.Dense(1, 1, at), DerivativeOnly with { Seed = i + 1 });
            Assert.DoesNotContain("jumps", report.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>Each direction has its own cotangent and asks for its own gradient.</summary>
    [Fact]
    public void Every_direction_that_was_asked_for_is_tried()
    {
        int Calls(int directions)
        {
            int calls = 0;
            GradientCheck.Check(
                x => WrongOperations.WithGradient(x, Math.Sin, (x, y, dy) =>
                {
                    calls++;
                    return x.Cos() * dy;
                }),
                M.Dense(2, 2, 0.5),
                DerivativeOnly with { Directions = directions }).ThrowIfFailed();
            return calls;
        }

        int one = Calls(1), three = Calls(3), seven = Calls(7);
        Assert.True(three - one >= 2, $"{one}, {three}");
        Assert.Equal(2 * (three - one), seven - three);
    }

    /// <summary>
    /// |c| has a kink, and a - b jumps as it passes 0, which a direction does not show that moves both by the same. Then the slopes along a and b alone cannot be measured, and
    /// nothing is confirmed; whichever direction is drawn.
    /// </summary>
    [Fact]
    public void A_jump_that_only_single_entries_show_is_not_passed()
    {
        Matrix<double> x = M.DenseOfArray(new[,] { { 1.0, 1, 0 } });
        for (int seed = 1; seed <= 600; seed++)
        {
            CheckReport report = GradientCheck.Check(KinkAndJump, x, DerivativeOnly with { Seed = seed, Directions = 1 });
            Assert.False(report.Passed, $"seed {seed}: {report}");
        }

        static Variable<double> KinkAndJump(Variable<double> x) =>
            x.SliceColumns(2, 1).Abs() + WrongOperations.WithGradient(x.SliceColumns(0, 1) - x.SliceColumns(1, 1), Math.Floor, static (x, y, dy) => 0.0 * dy);
    }

    /// <summary>The gradient of a function with kinks jumps, and its slopes are those beside the jumps; that is expected also where the drawn direction shows a kink alone.</summary>
    [Fact]
    public void Right_functions_with_several_kinks_pass_at_the_second_order_for_every_seed()
    {
        Matrix<double> x = M.DenseOfArray(new[,] { { 1.0, 1, 0 } });
        for (int seed = 1; seed <= 600; seed++)
        {
            CheckReport report = GradientCheck.Check(
                x => (x.SliceColumns(0, 1) - x.SliceColumns(1, 1)).Abs() + (x.SliceColumns(2, 1) * x.SliceColumns(2, 1).Relu()),
                x,
                new CheckOptions { Seed = seed, Directions = 1, Without = [.. Enum.GetValues<CheckKind>().Where(kind => kind != CheckKind.SecondOrder)] });
            Assert.True(report.Passed, $"seed {seed}: {report}");
        }
    }

    /// <summary>Where all of a row tie, one entry that moves leaves the other ties as they are: the rule's piece shows only where all are apart.</summary>
    [Fact]
    public void The_second_order_of_many_ties_at_once_passes_for_every_seed()
    {
        CheckOptions second = new() { Without = [.. Enum.GetValues<CheckKind>().Where(kind => kind != CheckKind.SecondOrder)] };
        PoolingShape windows = new(new ImageShape(1, 1, 17), kernel: (1, 2), stride: 1, padding: (0, 1)), squares = new(new ImageShape(1, 4, 4), kernel: 2, stride: 1);
        for (int seed = 1; seed <= 20; seed++)
        {
            GradientCheck.Check(v => v.MaxPool2D(windows), M.Dense(2, 17, 1.0), second with { Seed = seed }).ThrowIfFailed();
            GradientCheck.Check(v => v.MaxPool2D(squares), M.Dense(1, 16, -2.0), second with { Seed = seed }).ThrowIfFailed();
        }
    }

    /// <summary>Where three values tie, a line may show none of the pieces that the rule chose among: the slope of the gradient is between those of all pieces close by.</summary>
    [Fact]
    public void The_second_order_of_a_tie_of_three_passes_for_every_seed_and_a_wrong_one_does_not()
    {
        CheckOptions second = new() { Without = [.. Enum.GetValues<CheckKind>().Where(kind => kind != CheckKind.SecondOrder)] };
        Matrix<double> x = M.Dense(1, 3, 1.0);
        int failed = 0;
        for (int seed = 1; seed <= 200; seed++)
        {
            GradientCheck.Check(v => v.Min(), x, second with { Seed = seed }).ThrowIfFailed();
            GradientCheck.Check(v => v.AMin(), x, second with { Seed = seed }).ThrowIfFailed();
            CheckReport wrong = GradientCheck.Check(v => Largest(v, factor: 3), x, second with { Seed = seed });
            Assert.False(wrong.Passed, wrong.ToString());
            failed += wrong.Outcome == CheckOutcome.Failed ? 1 : 0;
            GradientCheck.Check(v => Largest(v, factor: 1), x, second with { Seed = seed }).ThrowIfFailed();
        }

        Assert.True(failed > 150, $"{failed} of 200 wrong rules failed");

        // The largest entry of a row, whose gradient is right, and the gradient of that by dy is too large by a factor.
        static Variable<double> Largest(Variable<double> x, double factor) => Operation.Unary(
            "largest", x, Shape.Scalar, static (x, y) => y[0, 0] = x.Enumerate().Max(), (x, y, dy) => Picked(x, dy, factor));

        static Variable<double> Picked(Variable<double> x, Variable<double> dy, double factor) => Operation.Binary(
            "picked", x, dy, x.Shape,
            static (x, dy, y) =>
            {
                y.Clear();
                y[0, x.Row(0).MaximumIndex()] = dy[0, 0];
            },
            static (x, dy, y, d) => 0.0 * x * d,
            (x, dy, y, d) => factor * (d * d.Tape.Constant(M.Dense(1, 3, (_, j) => j == x.Value.Row(0).MaximumIndex() ? 1.0 : 0.0))).Sum());
    }

    /// <summary>48 outputs and 48 entries are all looked at, not a draw of them.</summary>
    [Fact]
    public void A_wrong_slope_at_the_kink_of_any_of_48_outputs_is_found_for_every_seed()
    {
        Matrix<double> wrong = M.Dense(1, 48, (_, j) => j == 47 ? 3 : 1);
        for (int seed = 1; seed <= 150; seed++)
        {
            CheckReport report = GradientCheck.Check(
                x => WrongOperations.WithGradient(x, Math.Abs, (x, y, dy) => dy * x.Tape.Constant(wrong)), M.Dense(1, 48), DerivativeOnly with { Seed = seed, Directions = 1 });
            Assert.Equal(CheckOutcome.Failed, report.Outcome);
        }
    }

    /// <summary>A slope of 1.5 for |x₄₇| shows along that entry alone: all entries together hide it behind the others' kinks.</summary>
    [Fact]
    public void A_wrong_slope_that_only_one_of_48_entries_shows_is_found_for_every_seed()
    {
        Matrix<double> slopes = M.Dense(1, 48, (_, j) => j == 47 ? 1.5 : 0);
        for (int seed = 1; seed <= 150; seed++)
        {
            CheckReport report = GradientCheck.Check(
                x => WrongOperations.WithGradient(x, Math.Abs, (x, y, dy) => dy * x.Tape.Constant(slopes)).Sum(), M.Dense(1, 48), DerivativeOnly with { Seed = seed, Directions = 1 });
            Assert.Equal(CheckOutcome.Failed, report.Outcome);
            Assert.Contains("entry [0, 47]", report.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>max(|a|, |b|) with the gradient (1, -1): right along each entry and with both moving alike, wrong where they move apart.</summary>
    [Fact]
    public void A_wrong_slope_that_only_joint_directions_show_is_found()
    {
        int found = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            CheckReport report = GradientCheck.Check(Largest, M.Dense(1, 2), DerivativeOnly with { Seed = seed, Directions = 1 });
            found += report.Outcome == CheckOutcome.Failed ? 1 : 0;
        }

        // Three directions are drawn, each of which shows it with a probability of a half.
        Assert.InRange(found, 12, 20);

        static Variable<double> Largest(Variable<double> x) => Operation.Unary(
            "largest", x, Shape.Scalar, static (x, y) => y[0, 0] = Math.Max(Math.Abs(x[0, 0]), Math.Abs(x[0, 1])),
            static (x, y, dy) => dy * x.Tape.Constant(M.DenseOfArray(new[,] { { 1.0, -1 } })));
    }

    /// <summary>Curved functions that note no branches are smooth: a wrong slope is judged as one, and never excused by a kink.</summary>
    [Fact]
    public void Curvature_is_no_kink()
    {
        (Func<double, double> F, UnaryVjp<double> Vjp)[] curved =
        [
            (x => 1e4 * x * x, static (x, y, dy) => 2.002e4 * x * dy),
            (x => Math.Exp(20 * x), static (x, y, dy) => 20.02 * y * dy),
            (x => Math.Cos(30 * x), static (x, y, dy) => -30.03 * (30 * x).Sin() * dy),
        ];
        foreach ((Func<double, double> function, UnaryVjp<double> vjp) in curved)
        {
            for (int seed = 1; seed <= 20; seed++)
            {
                CheckReport report = GradientCheck.Check(x => WrongOperations.WithGradient(x, function, vjp), M.Dense(2, 2, 0.3), DerivativeOnly with { Seed = seed });
                Assert.Equal(CheckOutcome.Failed, report.Outcome);
                Assert.False(report.MetKink, report.ToString());
            }
        }
    }
}
