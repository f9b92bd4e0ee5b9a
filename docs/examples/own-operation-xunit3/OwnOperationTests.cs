// An operation of your own, and the property that its gradient is right: at random inputs, in double and float, to the second order, shrunk when it fails.
// dotnet test own-operation-xunit3
using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

/// <summary>Tests of y = exp(-x²).</summary>
public sealed class OwnOperationTests
{
    [Property(MaxTest = 50)]
    public Property The_gradient_is_right() => GradientProperty.Of(Bell, Bell).ToProperty();

    [Fact]
    public void A_factor_that_is_missing_is_found()
    {
        GradientCheckException error = Assert.Throws<GradientCheckException>(() => GradientProperty.Of(WithoutTwo).Check());
        Assert.Contains("analytic = 0.5 x numeric", error.Message);
    }

    static Variable<T> Bell<T>(Variable<T> x) where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise("bell", x, Forward, static (x, y, dy) => -2 * x * y * dy);

    static Variable<double> WithoutTwo(Variable<double> x) => Operation.Elementwise("bell", x, Forward, static (x, y, dy) => -x * y * dy);

    static void Forward<T>(ReadOnlySpan<T> x, Span<T> y) where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = T.Exp(-x[i] * x[i]);
    }
}
