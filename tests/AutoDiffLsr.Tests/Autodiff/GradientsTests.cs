using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class GradientsTests : IDisposable
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private readonly Tape<double> tape = new();
    private readonly Parameter<double> a = new("a", M.Dense(1, 1, 2.0)), b = new("b", M.Dense(1, 1, 3.0)), other = new("other", M.Dense(1, 1, 5.0));

    public void Dispose() => tape.Dispose();

    [Fact]
    public void A_gradient_is_found_by_place_by_variable_and_by_parameter()
    {
        Gradients<double> gradients = OfProduct();
        Assert.Equal(2, gradients.Count);
        Assert.Equal((3.0, 2.0), (gradients[0].Scalar, gradients[1].Scalar));
        Assert.Equal((3.0, 2.0), (gradients[a].Scalar, gradients[b].Scalar));
        Assert.Equal((3.0, 2.0), (gradients[tape.Parameter(a)].Scalar, gradients[tape.Parameter(b)].Scalar));
    }

    [Fact]
    public void Gradients_for_an_optimizer_are_not_recorded()
    {
        Variable<double> loss = tape.Parameter(a) * tape.Parameter(b);
        int before = tape.Count;
        Gradients<double> gradients = tape.Gradients(loss, [a, b]);
        Assert.False(gradients[a].NeedsGradient || gradients[b].NeedsGradient);
        Assert.Equal(before, tape.Count);
    }

    [Fact]
    public void What_was_not_asked_for_is_named()
    {
        Gradients<double> gradients = OfProduct();
        ArgumentException parameter = Assert.Throws<ArgumentException>(() => gradients[other]);
        Assert.Contains("parameter 'other' was not asked for", parameter.Message, StringComparison.Ordinal);
        Assert.Equal("parameter", parameter.ParamName);
        Assert.Equal("variable", Assert.Throws<ArgumentException>(() => gradients[tape.Constant(1.0)]).ParamName);
        Assert.Throws<ArgumentException>(() => gradients[(Parameter<double>)null!]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void A_wrong_guess_of_the_place_changes_nothing(int likely)
    {
        Gradients<double> gradients = OfProduct();
        Assert.Equal((3.0, 2.0), (gradients.Of(a, likely).Scalar, gradients.Of(b, likely).Scalar));
        Assert.Throws<ArgumentException>(() => gradients.Of(other, likely));
    }

    [Fact]
    public void A_right_guess_of_the_place_is_taken_as_it_is()
    {
        // Asked for twice, a parameter that the loss does not depend on has two gradients of zeros.
        Gradients<double> gradients = tape.Gradients(tape.Parameter(a) * 1, [a, other, other]);
        Assert.NotEqual(gradients[1], gradients[2]);
        Assert.Equal(gradients[2], gradients.Of(other, 2));
    }

    [Fact]
    public void Gradients_of_a_variable_are_found_among_parameters()
    {
        Variable<double> x = tape.Variable(M.Dense(1, 1, 7.0));
        Gradients<double> gradients = tape.Gradients(x * tape.Parameter(a) * tape.Parameter(b), [x, tape.Parameter(a)]);
        Assert.Equal((6.0, 21.0), (gradients[x].Scalar, gradients[a].Scalar));
        Assert.Throws<ArgumentException>(() => gradients[b]);
        Assert.Equal(21.0, gradients.Of(a, 0).Scalar);
    }

    private Gradients<double> OfProduct()
    {
        Variable<double> loss = tape.Parameter(a) * tape.Parameter(b);
        return tape.Gradients(loss, [a, b]);
    }
}
