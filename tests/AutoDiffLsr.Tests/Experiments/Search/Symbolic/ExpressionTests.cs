using System.Xml.Linq;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Operations;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Search.Symbolic;

public sealed class ExpressionTests
{
    [Property(MaxTest = 500, Arbitrary = [typeof(Expressions)])]
    public void A_formula_is_read_back_to_the_same_tree(Expression expression) => Assert.Equal(expression, Expression.Parse(expression.ToString()));

    [Theory]
    [InlineData("y - f - 1", "y - f - 1")]
    [InlineData("y - (f - 1)", "y - (f - 1)")]
    [InlineData("y*f*2", "y*f*(2)")]
    [InlineData("(2)*y", "(2)*y")]
    [InlineData("2 * y", "2*y")]
    [InlineData("-y^2", "-y^2")]
    [InlineData("(-y)^2", "(-y)^2")]
    [InlineData("-3^2", "-3^2")]
    [InlineData("(-3)^2", "(-3)^2")]
    [InlineData("2*3*y", "6*y")]
    [InlineData("2*(3)*y", "2*(3)*y")]
    [InlineData("0.5 *-y", "-0.5*y")]
    [InlineData(" abs( log( y*f(x) ) ) ", "abs(log(y*f))")]
    [InlineData("1e-3*min(y,max(f,.5))", "0.001*min(y, max(f, 0.5))")]
    [InlineData("add(y, mul(f, sub(1, div(y, sqrt(tanh(sign(f)))))))", "y + f*(1 - div(y, sqrt(tanh(sign(f)))))")]
    [InlineData("square(square(f))", "f^2^2")]
    public void A_formula_is_read_and_printed(string text, string printed) => Assert.Equal(printed, Expression.Parse(text).ToString());

    [Theory]
    [InlineData("", 1, "the end where a number, y, f, a primitive or '(' was expected")]
    [InlineData("abs(log(y * f)", 15, "the end where ')' after the operand of abs was expected")]
    [InlineData("y / f", 3, "'/' is no primitive: write div(a, b)")]
    [InlineData("log(/)", 5, "'/' is no primitive")]
    [InlineData("y + foo(f)", 5, "'foo' is no primitive; there are y, f, add,")]
    [InlineData("y f", 3, "'f' where an operator (+, -, *, ^2) or the end was expected")]
    [InlineData("(y - f))", 8, "')' has no '(' before it")]
    [InlineData("min(y)", 6, "')' where ',' and operand 2 of 2 of min was expected")]
    [InlineData("abs(y, f)", 6, "',' where ')' after the operand of abs was expected")]
    [InlineData("y^3", 4, "after '^' only 2 is possible")]
    [InlineData("y + 1e999", 5, "'1e999' is no finite number")]
    [InlineData("y + 1..2", 5, "'1..2' is no finite number")]
    [InlineData("y @ f", 3, "'@' where an operator")]
    [InlineData("f(z)", 3, "'z' where x, as in f(x) was expected")]
    public void A_fault_is_named_with_its_place(string text, int position, string problem)
    {
        ExpressionFormatException error = Assert.Throws<ExpressionFormatException>(() => Expression.Parse(text));
        Assert.Equal(position, error.Position);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("-")]
    [InlineData("abs(")]
    [InlineData("2*")]
    [InlineData("1+(")]
    public void Endless_nesting_is_refused_before_the_stack_ends(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 100_000)) + "y";
        Assert.Contains("deep", Assert.Throws<ExpressionFormatException>(() => Expression.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_sums_are_refused() => Assert.Contains(
        "more than 10000 nodes",
        Assert.Throws<ExpressionFormatException>(() => Expression.Parse("y" + string.Concat(Enumerable.Repeat("+f", 100_000)))).Message,
        StringComparison.Ordinal);

    [Property(MaxTest = 300, Arbitrary = [typeof(Expressions)])]
    public Property Any_text_near_a_formula_is_read_or_refused(Expression expression, int place, char letter) => Prop.ToProperty(() =>
    {
        string text = expression.ToString();
        text = text.Insert((int)((uint)place % (uint)(text.Length + 1)), letter.ToString());
        try
        {
            Expression.Parse(text);
        }
        catch (ExpressionFormatException error)
        {
            Assert.InRange(error.Position, 1, text.Length + 1);
        }
    });

    [Property(MaxTest = 300, Arbitrary = [typeof(Expressions)])]
    public void The_canonical_form_is_the_same_for_every_order_of_operands(Expression expression, int seed)
    {
        System.Random random = new(seed);
        Assert.Equal(expression.Canonical(), Swapped(expression, random).Canonical());
        Assert.Equal(expression.NodeCount, expression.Canonical().NodeCount);
    }

    [Theory]
    [InlineData("y - f", "f - y")]
    [InlineData("div(y, f)", "div(f, y)")]
    [InlineData("y*f", "y + f")]
    [InlineData("min(y, f)", "max(y, f)")]
    [InlineData("y + (f + 1)", "(y + f) + 1")]
    public void Other_formulas_have_other_canonical_forms(string one, string other) => Assert.NotEqual(Expression.Parse(one).Canonical(), Expression.Parse(other).Canonical());

    [Property(MaxTest = 500, Arbitrary = [typeof(Expressions)])]
    public void A_simplified_formula_has_the_same_value_and_gradient(Expression expression)
    {
        Expression simple = expression.Simplify();
        Assert.True(simple.NodeCount <= expression.NodeCount + 1, $"{expression} became {simple}");
        using Tape<double> tape = new();
        Variable<double> y = tape.Variable(Matrix<double>.Build.Dense(4, 3, (i, j) => 0.37 + (0.61 * i) - (0.83 * j)));
        Variable<double> f = tape.Variable(Matrix<double>.Build.Dense(4, 3, (i, j) => -0.71 + (0.29 * i * i) + (0.47 * j)));
        Variable<double> full = ExpressionOnTape.Evaluate(expression, y, f, []), shorter = ExpressionOnTape.Evaluate(simple, y, f, []);
        AssertClose(full, shorter);
        if (!full.NeedsGradient || !shorter.NeedsGradient)
            return;
        Gradients<double> one = tape.Gradients(full.Sum(), [y, f]), other = tape.Gradients(shorter.Sum(), [y, f]);
        AssertClose(one[0], other[0]);
        AssertClose(one[1], other[1]);

        void AssertClose(Variable<double> expected, Variable<double> actual)
        {
            double scale = 1 + expected.Value.L2Norm();
            Assert.True((expected.Value - actual.Value).L2Norm() <= 1e-6 * scale, $"{expression} became {simple}: {expected.Value} and {actual.Value}");
        }
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Expressions)])]
    public void Simplifying_again_changes_nothing_more_than_once(Expression expression)
    {
        Expression simple = expression.Simplify();
        Assert.True(simple.Simplify().NodeCount <= simple.NodeCount);
    }

    [Theory]
    [InlineData("abs(abs(y - f))", "abs(y - f)")]
    [InlineData("(-2*f)^2", "4*f^2")]
    [InlineData("log(abs(-3*f))", "log(3*f)")]
    [InlineData("f*f*y", "f^2*y")]
    [InlineData("f + f", "2*f")]
    [InlineData("f - f + y", "y")]
    [InlineData("(1)*y + (0)*f", "y")]
    [InlineData("y + -1*f", "y - f")]
    [InlineData("-f + y", "y - f")]
    [InlineData("tanh(-y)", "-tanh(y)")]
    [InlineData("div(2*y, -f)", "2*div(y, f)")]
    [InlineData("min(y, y)", "y")]
    [InlineData("sign(-2*f)*abs(-2*f)", "-2*sign(f)*abs(f)")]
    [InlineData("square(3) + log(0)", "-7.11809565095832")]
    public void Formulas_become_shorter(string text, string simple) => Assert.Equal(simple, Expression.Parse(text).Simplify().ToString().Replace("(sign(f)*abs(f))", "sign(f)*abs(f)", StringComparison.Ordinal));

    [Fact]
    public void Latex_writes_the_protected_forms_out()
    {
        Assert.Equal(@"\left|\ln\max\left(\left|1.1\,y \cdot f(x)\right|, 10^{-7}\right)\right|", Expression.Parse("abs(log(1.1*(y*f)))").ToLatex());
        Assert.Equal(@"\frac{y}{\sqrt{1 + f(x)^2}} - \left(y - f(x)\right)^2", Expression.Parse("div(y, f) - (y - f)^2").ToLatex());
        Assert.Equal(@"y \cdot \left(-0.5\,f(x)\right) + 1.23\cdot 10^{-05}", Expression.Parse("y*-0.5*f + 0.0000123").ToLatex());
    }

    [Property(MaxTest = 200, Arbitrary = [typeof(Expressions)])]
    public void Latex_closes_all_that_it_opens(Expression expression)
    {
        string latex = expression.ToLatex();
        Assert.Equal(latex.Split(@"\left").Length, latex.Split(@"\right").Length);
        Assert.Equal(latex.Count(letter => letter == '{'), latex.Count(letter => letter == '}'));
    }

    [Property(MaxTest = 200, Arbitrary = [typeof(Expressions)])]
    public void The_drawing_is_xml_with_a_box_for_each_node_and_none_over_another(Expression expression)
    {
        XElement svg = XElement.Parse(expression.ToSvg());
        (double Left, double Top, double Width)[] boxes =
        [
            .. svg.Elements().Where(element => element.Name.LocalName == "rect").Select(element => ((double)element.Attribute("x")!, (double)element.Attribute("y")!, (double)element.Attribute("width")!)),
        ];
        Assert.Equal(expression.NodeCount, boxes.Length);
        Assert.All(boxes, box => Assert.InRange(box.Left + box.Width, 0, (double)svg.Attribute("width")!));
        Assert.All(boxes, box => Assert.True(box.Left >= 0));
        foreach (var row in boxes.GroupBy(box => Math.Round(box.Top / 50)))
        {
            var sorted = row.OrderBy(box => box.Left).ToArray();
            for (int i = 1; i < sorted.Length; i++)
                Assert.True(sorted[i - 1].Left + sorted[i - 1].Width <= sorted[i].Left, expression.ToString());
        }
    }

    [Fact]
    public void Nodes_are_replaced_by_their_place()
    {
        Expression tree = Expression.Parse("y*f + abs(f - 1)");
        string[] replaced = [.. Enumerable.Range(0, tree.NodeCount).Select(place => tree.Replace(place, Expression.Parse("(9)")).ToString())];
        Assert.Equal(["9", "9 + abs(f - 1)", "(9)*f + abs(f - 1)", "y*(9) + abs(f - 1)", "y*f + 9", "y*f + abs(9)", "y*f + abs(9 - 1)", "y*f + abs(f - 9)"], replaced);
        Assert.Equal("y*f + abs(f - 1)", tree.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Replace(8, tree));
    }

    [Fact]
    public void Weights_are_given_in_the_order_of_the_nodes() => Assert.Equal(
        "2*(3*(4*y*5*f) - 6*abs(7*y))", Expression.Parse("y*f - abs(y)").WithWeights([2, 3, 4, 5, 6, 7]).ToString());

    [Fact]
    public void Wrong_parts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Expression.Apply(Symbol.Add, Expression.Target));
        Assert.Throws<ArgumentException>(() => Expression.Apply(Symbol.Target));
        Assert.Throws<ArgumentOutOfRangeException>(() => Expression.Number(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Expression.Target.WithWeight(double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => Expression.Target.WithWeights([1, 2]));
    }

    private static Expression Swapped(Expression expression, System.Random random)
    {
        Expression[] operands = [.. expression.Operands.Select(operand => Swapped(operand, random))];
        if (expression.Symbol is Symbol.Add or Symbol.Multiply or Symbol.Minimum or Symbol.Maximum && random.Next(2) == 0)
            Array.Reverse(operands);
        return operands.Length == 0 ? expression : Expression.Apply(expression.Symbol, operands).WithWeight(expression.Weight);
    }
}
