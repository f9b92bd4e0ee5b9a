using AutoDiffLsr.Checking.Numerical;
using Xunit;

namespace AutoDiffLsr.Tests.Checking.Numerical;

public sealed class RiddersTests
{
    /// <summary>Functions with their derivatives in closed form.</summary>
    public static TheoryData<string, Func<double, double>, Func<double, double>> Functions => new()
    {
        { "exp", Math.Exp, Math.Exp },
        { "sin", Math.Sin, Math.Cos },
        { "tanh", Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x)) },
        { "1/(1+x²)", x => 1 / (1 + (x * x)), x => -2 * x / ((1 + (x * x)) * (1 + (x * x))) },
        { "steep tanh", x => Math.Tanh(5 * x), x => 5 * (1 - (Math.Tanh(5 * x) * Math.Tanh(5 * x))) },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Derivatives_are_accurate_and_ten_times_the_estimate_covers_the_error(string name, Func<double, double> f, Func<double, double> derivative)
    {
        for (int i = 0; i <= 200; i++)
        {
            double x = -2 + (i * 0.02);
            DerivativeEstimate estimate = Ridders.Derivative(f, x);
            double error = Math.Abs(estimate.Value - derivative(x));
            Assert.True(error < 2e-10, $"{name} at {x}: off by {error}");
            Assert.True(error <= 10 * estimate.Error, $"{name} at {x}: off by {error}, estimated {estimate.Error}");
        }
    }

    [Fact]
    public void A_jump_has_a_large_error()
    {
        DerivativeEstimate estimate = Ridders.Derivative(x => x > 0.01 ? 1 : 0, 0);
        Assert.True(estimate.Error > 0.1, $"{estimate}");
    }

    [Fact]
    public void A_function_that_is_nowhere_finite_has_no_derivative()
    {
        DerivativeEstimate estimate = Ridders.Derivative(_ => double.NaN, 0);
        Assert.True(double.IsNaN(estimate.Value));
        Assert.True(double.IsNaN(estimate.Error) || double.IsPositiveInfinity(estimate.Error));
    }
}
