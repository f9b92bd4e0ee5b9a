using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Search.Symbolic;

public sealed class SymbolicLossTests
{
    private static readonly Matrix<double> Logits = Matrix<double>.Build.Dense(5, 3, (i, j) => (0.9 * i * (j - 1)) - (0.7 * j) + 0.2);
    private static readonly int[] Labels = [0, 2, 1, 1, 0];

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.2)]
    public void The_tree_of_ace_is_ace_and_a_constant_for_each_other_class(double phi1)
    {
        SymbolicLoss symbolic = new(Expression.Parse(FormattableString.Invariant($"abs(log({phi1}*(y*f)))")));
        using Tape<double> tape = new();
        Variable<double> logits = tape.Variable(Logits);
        Variable<double> tree = symbolic.Compute(logits, Labels), closed = new AbsoluteCrossEntropy(1, phi1).Compute(logits, Labels);

        // Of a class that is not the label the argument is 0, which counts as 1e-7: |ln 1e-7| = 16.118 each.
        Assert.Equal(closed.Scalar + (2 * 7 * Math.Log(10)), tree.Scalar, 1e-12);
        Assert.True((tape.Gradient(tree, logits).Value - tape.Gradient(closed, logits).Value).L2Norm() < 1e-14);
    }

    [Fact]
    public void The_tree_of_squared_error_is_squared_error()
    {
        Matrix<double> targets = Logits.Map(x => 1 - (x * x));
        using Tape<double> tape = new();
        Variable<double> f = tape.Variable(Logits), y = tape.Constant(targets);
        Variable<double> tree = new SymbolicLoss(Expression.Parse("square(y - f)")).Compute(f, y), closed = new MeanSquaredError().Compute(f, y);
        Assert.Equal(closed.Scalar, tree.Scalar, 1e-12);
        Assert.True((tape.Gradient(tree, f).Value - tape.Gradient(closed, f).Value).L2Norm() < 1e-14);
    }

    [Fact]
    public void The_tree_of_cross_entropy_is_cross_entropy()
    {
        using Tape<double> tape = new();
        Variable<double> logits = tape.Variable(Logits);
        Variable<double> tree = new SymbolicLoss(Expression.Parse("-(y*log(f))")).Compute(logits, Labels), closed = new CrossEntropy().Compute(logits, Labels);
        Assert.Equal(closed.Scalar, tree.Scalar, 1e-13);
        Assert.True((tape.Gradient(tree, logits).Value - tape.Gradient(closed, logits).Value).L2Norm() < 1e-14);
    }

    [Fact]
    public void One_logit_goes_through_the_sigmoid()
    {
        int[] labels = [0, 1, 1, 0, 1];
        Matrix<double> single = Logits.SubMatrix(0, 5, 0, 1);
        using Tape<double> tape = new();
        Variable<double> tree = new SymbolicLoss(Expression.Parse("-(y*log(f) + (1 - y)*log(1 - f))")).Compute(tape.Variable(single), labels);
        Matrix<double> targets = Matrix<double>.Build.Dense(5, 1, (i, _) => labels[i]);
        Assert.Equal(new BinaryCrossEntropy().Compute(tape.Variable(single), tape.Constant(targets)).Scalar, tree.Scalar, 1e-13);
    }

    [Theory]
    [InlineData("log(f)", 0.0, -16.11809565095832, 0)]
    [InlineData("log(f)", 1e-7, -16.11809565095832, 1e7)]
    [InlineData("log(f)", 9e-8, -16.11809565095832, 0)]
    [InlineData("log(f)", -2.0, 0.6931471805599453, -0.5)]
    [InlineData("sqrt(f)", -4.0, 2, -0.25)]
    [InlineData("sqrt(f)", 0.0, 3.1622776601683795e-4, 0)]
    [InlineData("div(1, f)", 2.0, 0.4472135954999579, -0.17888543819998318)]
    [InlineData("sign(f)", -3.0, -1, 0)]
    [InlineData("sign(f)", 0.0, 0, 0)]
    [InlineData("min(f, 1)", 1.0, 1, 0.5)]
    [InlineData("max(f, 1)", 3.0, 3, 1)]
    public void Protected_forms_have_the_values_that_are_documented(string formula, double at, double value, double slope)
    {
        using Tape<double> tape = new();
        Variable<double> f = tape.Variable(Matrix<double>.Build.Dense(1, 1, at));
        Variable<double> result = ExpressionOnTape.Evaluate(Expression.Parse(formula), tape.Constant(1), f, []);
        Assert.Equal(value, result.Scalar, 1e-14);
        Assert.Equal(slope, tape.Gradient(result, f).Scalar, 1e-9 * Math.Max(1, Math.Abs(slope)));
        Expression primitive = Expression.Parse(formula);
        double[] numbers = [.. primitive.Operands.Select(operand => operand.Symbol == Symbol.Number ? operand.Value : at)];
        Assert.Equal(value, Primitives.Apply(primitive.Symbol, numbers[0], numbers.Length > 1 ? numbers[1] : 0), 1e-14);
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(Expressions)])]
    public Property Random_formulas_have_the_gradients_of_their_values(Expression expression) => Prop.ToProperty(() =>
    {
        Matrix<double> y = Matrix<double>.Build.Dense(2, 2, (i, j) => 0.7 - (0.9 * i) + (0.4 * j)), f = Matrix<double>.Build.Dense(2, 2, (i, j) => -0.3 + (0.8 * i * j) + (0.5 * j));
        CheckOptions options = new() { Kinks = KinkPolicy.Skip, Without = [CheckKind.SinglePrecision] };
        CheckedFunction function = CheckedFunction.Of(expression.ToString(), (_, x) => ExpressionOnTape.Evaluate(expression, x[0], x[1], []) + (0 * (x[0] + x[1])));
        CheckReport report = GradientCheck.Check(function, [y, f], options);
        Assert.DoesNotContain(report.Results, result => result.Outcome == CheckOutcome.Failed);
    });

    [Fact]
    public void Every_primitive_passes_the_whole_check_in_float_and_double()
    {
        Matrix<double> y = Matrix<double>.Build.Dense(2, 3, (i, j) => 0.7 - (0.9 * i) + (0.4 * j)), f = Matrix<double>.Build.Dense(2, 3, (i, j) => -0.37 + (0.8 * i * j) + (0.5 * j));
        foreach (Symbol symbol in Symbols.Primitives)
        {
            Expression expression = Expression.Apply(symbol, [.. new[] { Expression.Target.WithWeight(0.8), Expression.Output.WithWeight(-1.3) }[^symbol.Arity()..]]);
            CheckedFunction function = CheckedFunction.Of(
                expression.ToString(),
                (a, b) => ExpressionOnTape.Evaluate(expression, a, b, []) + a,
                (a, b) => ExpressionOnTape.Evaluate(expression, a, b, []) + a);
            GradientCheck.Check(function, [y, f]).ThrowIfFailed();
        }
    }

    [Fact]
    public void Weights_on_the_tape_have_the_gradients_of_their_values()
    {
        Expression expression = Expression.Parse("abs(log(1.1*y*0.9*f)) + 0.7*div(y, f) - (y - 1.2*f)^2");
        Parameter<double>[] weights = [.. expression.Nodes().Skip(1).Select((node, i) => new Parameter<double>($"w{i}", Matrix<double>.Build.Dense(1, 1, node.Weight)))];
        SymbolicLoss loss = new(expression);
        CheckedFunction function = CheckedFunction.Of(
            "weighted", (tape, x) => loss.Compute(x[0], Labels, Array.ConvertAll(weights, tape.Parameter))).WithParameters(weights);
        GradientCheck.Check(function, [Logits]).ThrowIfFailed();
        using Tape<double> tape = new();
        Variable<double> logits = tape.Constant(Logits);
        Assert.Equal(loss.Compute(logits, Labels).Scalar, loss.Compute(logits, Labels, Array.ConvertAll(weights, tape.Parameter)).Scalar, 1e-14);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        SymbolicLoss loss = new(Expression.Parse("abs(log(1.1*y*f)) + 0.7*div(min(y, 1), sqrt(f)) - max(sign(y - f), tanh(f))"));
        Matrix<float> logits = Matrix<float>.Build.Dense(5, 3, (i, j) => (0.9f * i * (j - 1)) - (0.7f * j));
        using Tape<float> tape = new();
        for (int i = 0; i < 20; i++)
            Step();
        Assert.Equal(0, Allocations.Of(Step, times: 100));

        void Step()
        {
            tape.Reset();
            Variable<float> x = tape.Variable(logits);
            tape.Gradient(loss.Compute(x, Labels), x);
        }
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Contains("does not contain f", Assert.Throws<ArgumentException>(() => new SymbolicLoss(Expression.Parse("y^2"))).Message, StringComparison.Ordinal);
        Assert.Contains("does not contain y", Assert.Throws<ArgumentException>(() => new SymbolicLoss(Expression.Parse("f^2"))).Message, StringComparison.Ordinal);
        SymbolicLoss loss = new(Expression.Parse("(y - f)^2"));
        using Tape<double> tape = new();
        Variable<double> logits = tape.Variable(Logits);
        Assert.Throws<ArgumentException>(() => loss.Compute(logits, [0, 1]));
        Assert.Contains("row 2 is 3", Assert.Throws<ArgumentException>(() => loss.Compute(logits, [0, 1, 3, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => loss.Compute(logits, tape.Constant(1)));
    }
}
