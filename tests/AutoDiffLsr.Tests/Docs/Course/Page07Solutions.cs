using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/07-gradients-of-gradients.md.</summary>
public sealed class Page07Solutions
{
    [Fact]
    public void A_hessian_vector_product_is_two_gradients()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(3, 1, [0.5, -1, 2])), u = tape.Constant(Matrix<double>.Build.Dense(3, 1, [1, 2, -1]));
        Variable<double> f = (x.Tanh() * x.Sum()).Sum();
        Variable<double> product = tape.Gradient((tape.Gradient(f, x, createGraph: true) * u).Sum(), x);
        Assert.True(product.Value.AlmostEqual(Derivatives.HessianVectorProduct(f, x, u).Value, 1e-12));
    }

    [Fact]
    public void Without_createGraph_the_error_says_what_to_do()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(1, 1, 2.0)), first = tape.Gradient(x * x * x, x);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => tape.Gradient(first, x));
        Assert.Contains("createGraph", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_penalty_has_a_gradient()
    {
        using var tape = new Tape<double>();
        Variable<double> w = Scalar(2);
        double gradient = tape.Gradient(Penalty(w), w).Scalar;
        Assert.Equal((Penalty(Scalar(2 + 1e-5)).Scalar - Penalty(Scalar(2 - 1e-5)).Scalar) / 2e-5, gradient, 1e-8);

        Variable<double> Scalar(double value) => tape.Variable(Matrix<double>.Build.Dense(1, 1, value));

        Variable<double> Penalty(Variable<double> w)
        {
            Variable<double> x = Scalar(0.3);
            return (tape.Gradient((w * x).Tanh(), x, createGraph: true) - 1).Square();
        }
    }
}
