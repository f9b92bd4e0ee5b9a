using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking.FsCheck;

public sealed class GradientPropertySubjectsTests
{
    private const int Cases = 30;

    [Fact]
    public void A_function_of_three_inputs_and_a_parameter_is_a_property()
    {
        Parameter<double> w = new("weight", Matrix<double>.Build.Dense(1, 1, 7.0));
        CheckedFunction function = CheckedFunction.Of("weighted", (tape, x) => (x[0] * x[1] * tape.Parameter(w)) + x[2].Tanh()).WithParameters([w]);
        Assert.Equal(Cases, GradientProperty.Of(function, inputs: 3).Check(Cases).Passed);
        Assert.Equal(7, w.Value[0, 0]);
    }

    [Fact]
    public void New_values_are_drawn_for_parameters_and_a_wrong_gradient_of_one_is_shrunk()
    {
        // Right at 1, which the parameter holds, and wrong elsewhere.
        Parameter<double> w = new("weight", Matrix<double>.Build.Dense(2, 1, 1.0));
        CheckedFunction wrong = CheckedFunction.Of("wrong", (tape, x) => x[0].MatMul(
            WrongOperations.WithGradient(tape.Parameter(w), v => v * v * v, (x, y, dy) => 3 * x * dy))).WithParameters([w]);
        GradientProperty property = GradientProperty.Of(wrong, 1).WithShapes(Gen.Choose(1, 3).Select(rows => new[] { new Shape(rows, 2), new Shape(2, 1) }));
        GradientCheckException error = Assert.Throws<GradientCheckException>(() => property.Check(Cases));
        Assert.StartsWith("wrong with x1 = { { 1, 1 }", error.Message, StringComparison.Ordinal);
        Assert.Contains("parameter 'weight': ", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, w.Value[0, 0]);
    }

    [Fact]
    public void A_layer_is_a_property_with_its_parameters_in_double_and_float()
    {
        Assert.Equal(Cases, GradientProperty.Of(new Dense<double>(3, 2, new RandomSource(1)), new Dense<float>(3, 2, new RandomSource(1))).Check(Cases).Passed);
        Sequential<double> net = [new Dense<double>(2, 3, new RandomSource(1)), new Tanh<double>(), new LayerNorm<double>(3)];
        Assert.True(GradientProperty.Of(net).Check(Cases).Passed > Cases / 2);
    }

    [Fact]
    public void Gradients_from_elsewhere_are_properties_in_every_form()
    {
        Assert.Equal(Cases, GradientProperty.Of((double[] x) => x.Sum(v => v * v), x => Array.ConvertAll(x, v => 2 * v)).Check(Cases).Passed);
        Assert.Equal(Cases, GradientProperty.Of((Vector<double> x) => x * x, x => 2 * x, length: 3).Check(Cases).Passed);
        Assert.Equal(Cases, GradientProperty.Of((Matrix<double> x) => x.PointwiseSin().RowSums().Sum(), x => x.PointwiseCos()).Check(Cases).Passed);
        Assert.Equal(Cases, GradientProperty.Of(x => x[0].PointwiseMultiply(x[1]).RowSums().Sum(), x => [x[1], x[0]], inputs: 2).Check(Cases).Passed);
    }

    [Fact]
    public void A_wrong_gradient_from_elsewhere_is_shrunk_to_one_entry_and_replayed()
    {
        static double Cube(double[] x) => x.Sum(v => v * v * v);
        static double[] Wrong(double[] x) => Array.ConvertAll(x, v => 3 * v);
        GradientCheckException error = Assert.Throws<GradientCheckException>(() => GradientProperty.Of(Cube, Wrong).On(Domain.Positive).Check(Cases, seed: 5));
        Assert.StartsWith("Cube with x = { { 0.5 } }\nCube: the gradient is wrong", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("replay: GradientProperty.Of(Cube...).Check(cases: 1, seed: 5)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_arguments_are_named()
    {
        static string? Named(Action act) => Assert.Throws<ArgumentNullException>(act).ParamName;
        Assert.Equal("function", Named(() => GradientProperty.Of((CheckedFunction)null!, 1)));
        Assert.Equal("layer", Named(() => GradientProperty.Of((Layer<double>)null!)));
        Assert.Equal("gradient", Named(() => GradientProperty.Of((double[] x) => x[0], null!)));
        Assert.Equal("value", Named(() => GradientProperty.Of((Variable<double> x) => x.Tanh()).With(null!)));
        Assert.Equal("inputs", Named(() => GradientProperty.Of((Variable<double> x) => x.Tanh()).WithShapes(null!)));
    }
}
