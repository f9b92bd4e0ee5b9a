using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

/// <summary>
/// A rule may return any handle: a result under another name, an input, the output, what was sent to it, a matrix wrapped anew. The sweep gives memory back as
/// it goes, and none of these may be among it.
/// </summary>
public sealed class AliasTests : IDisposable
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    /// <summary>Rules of y = x²/2 at ones sent back: dx = x, under as many names as the library has.</summary>
    private static readonly Dictionary<string, UnaryVjp<double>> Rules = new()
    {
        ["result"] = static (x, y, dy) => x * dy,
        ["detached result"] = static (x, y, dy) => (x * dy).Detach(),
        ["detached twice"] = static (x, y, dy) => (x * dy).Detach().Detach(),
        ["sum of detached ones"] = static (x, y, dy) => (0.5 * x * dy).Detach() + (0.5 * x * dy).Detach(),
        ["constant of a value"] = static (x, y, dy) => x.Tape.Constant((x * dy).Value),
        ["constant of an input's value"] = static (x, y, dy) => x.Tape.Constant(x.Value),
        ["constant of another matrix on the same numbers"] = static (x, y, dy) => x.Tape.Constant(M.Dense(1, x.Columns, (x.Transpose() * dy.Transpose()).Value.AsColumnMajorArray())),
        ["constant of a constant"] = static (x, y, dy) => x.Tape.Constant(x.Tape.Constant((x * dy).Value).Value),
        ["variable of a value"] = static (x, y, dy) => x.Tape.Variable((x * dy).Value),
        ["input"] = static (x, y, dy) => x,
        ["detached input"] = static (x, y, dy) => x.Detach(),
    };

    private readonly Tape<double> tape = new();

    public static TheoryData<string> RuleNames => [.. Rules.Keys];

    public void Dispose() => tape.Dispose();

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void A_rule_may_return_its_result_under_any_name(string rule)
    {
        foreach (bool createGraph in new[] { false, true })
        {
            Variable<double> x = Row(1, 2, 3), before = (x.Exp() + HalfSquare(x, rule)).Sum(), after = (HalfSquare(x, rule) + x.Exp()).Sum();
            Matrix<double> right = x.Value.PointwiseExp() + x.Value;
            AssertNear(right, tape.Gradient(before, x, createGraph));
            AssertNear(right, tape.Gradient(after, x, createGraph));
        }
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void A_rules_result_outlives_the_memory_that_later_rules_take(string rule)
    {
        // Every rule between the result's arrival and its use takes memory of its shape, and transposes, so that nothing is right by working in place.
        Variable<double> x = tape.Variable(M.Dense(3, 3, (i, j) => 1 + i + (3.0 * j))), loss = x.Transpose().Exp().Sum();
        loss += (x.MatMul(x).Tanh() * x.Transpose()).Sum();
        Variable<double> without = tape.Gradient(loss, x);
        Variable<double> y = tape.Variable(x.Value), flat = y.SliceColumns(0, 1).Transpose(), with = y.Transpose().Exp().Sum() + (y.MatMul(y).Tanh() * y.Transpose()).Sum() + HalfSquare(flat, rule).Sum();
        Matrix<double> gradient = tape.Gradient(with, y).Value;
        AssertNear(without.Value.SubMatrix(0, 3, 1, 2), gradient.SubMatrix(0, 3, 1, 2));
        AssertNear(without.Value.SubMatrix(0, 3, 0, 1) + x.Value.SubMatrix(0, 3, 0, 1), gradient.SubMatrix(0, 3, 0, 1));
    }

    [Fact]
    public void A_gradient_that_is_an_input_or_the_cotangent_is_kept_and_has_no_history()
    {
        Variable<double> x = Row(1, 2, 3), v = Row(4, 5, 6), y = x + 1;
        Variable<double> ofInput = tape.Gradient(HalfSquare(x, "input").Sum(), x), ofCotangent = tape.Gradient(y, x, cotangent: v), own = tape.Gradient(y, y, cotangent: v);
        Assert.Equal((x.Value, v.Value, v.Value), (ofInput.Value, ofCotangent.Value, own.Value));
        Assert.All(new[] { ofInput, ofCotangent, own }, gradient => Assert.False(gradient.NeedsGradient));
        Assert.All(new[] { ofInput, ofCotangent, own }, gradient => Assert.Throws<InvalidOperationException>(() => tape.Gradient(gradient.Sum(), v)));
        Assert.True(tape.Gradient(y, x, createGraph: true, cotangent: v).NeedsGradient);
    }

    [Fact]
    public void The_output_and_what_was_sent_may_be_returned()
    {
        Variable<double> x = Row(1, 2, 3);
        Variable<double> exp = Operation.Elementwise("exp", x, static (x, y) => System.Numerics.Tensors.TensorPrimitives.Exp(x, y), static (x, y, dy) => y);
        Variable<double> same = Operation.Elementwise("same", x, static (x, y) => x.CopyTo(y), static (x, y, dy) => dy.Detach());
        Variable<double> loss = (exp + same + x.Tanh()).Sum();
        AssertNear(x.Value.PointwiseExp() + 2 - x.Value.PointwiseTanh().PointwisePower(2), tape.Gradient(loss, x));
        AssertNear(x.Value.PointwiseExp(), exp);
    }

    [Fact]
    public void A_value_of_another_tape_or_of_a_finished_step_is_named()
    {
        using Tape<double> other = new();
        Variable<double> x = Row(1, 2, 3), foreign = other.Variable(M.Dense(1, 3, 1.0)), stale = default;
        Variable<double> onOther = Operation.Elementwise("elsewhere", x, static (x, y) => x.CopyTo(y), (x, y, dy) => foreign);
        Variable<double> cached = Operation.Elementwise("cached", x, static (x, y) => x.CopyTo(y), (x, y, dy) => stale = stale.Equals(default) ? x * dy : stale);
        Fails("The VJP of 'elsewhere' is wrong: the gradient for input 1 is on another tape.", () => tape.Gradient(onOther.Sum(), x));
        Variable<double> first = tape.Gradient((cached * cached).Sum() + x.Tanh().Sum(), cached);
        tape.Gradient(cached.Sum() + x.Tanh().Sum(), x);
        tape.Reset();
        x = Row(1, 2, 3);
        cached = Operation.Elementwise("cached", x, static (x, y) => x.CopyTo(y), (x, y, dy) => stale);
        Fails("The VJP of 'cached' is wrong: the gradient for input 1 is of a finished step", () => tape.Gradient(cached.Sum(), x));
        Assert.Equal(M.Dense(1, 3, 1.0), tape.Gradient(x.Sum(), x).Value);
    }

    [Fact]
    public void The_value_of_a_variable_of_before_the_reset_is_refused_as_an_input()
    {
        Matrix<double> kept = (Row(1, 2, 3) * 2).Value, gradient = tape.Gradient(Row(1, 2, 3).Sum(), tape.Variable(M.Dense(1, 1))).Value;
        tape.Reset();
        Fails("is the Value of a variable from before the last Reset", () => tape.Constant(kept));
        Fails("is the Value of a variable from before the last Reset", () => tape.Variable(gradient));
        Assert.Equal(M.Dense(1, 3, 2.0), tape.Constant(M.Dense(1, 3, 2.0)).Value);
    }

    [Fact]
    public void A_value_wrapped_anew_keeps_its_memory_as_long_as_the_step()
    {
        Variable<double> x = Row(1, 2, 3), wrapped = tape.Constant((x * 2).Value), again = tape.Variable(wrapped.Value);
        for (int i = 0; i < 5; i++)
            tape.Gradient((x * x).Sum(), x);
        Assert.Equal((M.Dense(1, 3, [2, 4, 6]), M.Dense(1, 3, [2, 4, 6])), (wrapped.Value, again.Value));
    }

    [Fact]
    public void A_tape_is_not_reset_inside_a_rule()
    {
        Variable<double> x = Row(1, 2, 3);
        Variable<double> careless = Operation.Elementwise("careless", x, static (x, y) => x.CopyTo(y), static (x, y, dy) =>
        {
            x.Tape.Reset();
            return dy;
        });
        Fails("The tape was reset inside a VJP", () => tape.Gradient(careless.Sum(), x));
        Fails("The tape was reset inside a VJP", () => tape.Gradient(careless.Sum(), x, createGraph: true));
        Assert.Equal(M.Dense(1, 3, 1.0), tape.Gradient(x.Sum(), x).Value);
    }

    [Fact]
    public void A_view_that_waits_keeps_no_input_alive()
    {
        WeakReference input = Use(tape);
        tape.Reset();
        GC.Collect();
        Assert.False(input.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Use(Tape<double> tape)
        {
            Matrix<double> matrix = M.Dense(3, 3, 1.0);
            Variable<double> x = tape.Variable(matrix);
            tape.Gradient((x * tape.Constant(matrix)).Sum(), x);
            return new WeakReference(matrix);
        }
    }

    private static Variable<double> HalfSquare(Variable<double> x, string rule) => Operation.Elementwise(
        "half square", x, static (x, y) => Half(x, y), Rules[rule]);

    private static void Half(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] * x[i] / 2;
    }

    private static void AssertNear(Matrix<double> expected, Variable<double> actual) => AssertNear(expected, actual.Value);

    private static void AssertNear(Matrix<double> expected, Matrix<double> actual) =>
        Assert.True((expected - actual).InfinityNorm() <= 1e-12 * (1 + expected.InfinityNorm()), $"{actual} for {expected}");

    private static void Fails(string message, Func<object> use) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);

    private Variable<double> Row(params double[] values) => tape.Variable(M.Dense(1, values.Length, values));
}
