using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

/// <summary>The projects in tests/Languages compile against the engine as it is; here they run.</summary>
public sealed class LanguagesTests
{
    [Fact]
    public void A_square_and_its_gradient_are_written_in_F_sharp_and_visual_basic_with_operators()
    {
        Assert.Equal((9.0, 6.0), FSharp.Gradients.square(3));
        Assert.Equal((9.0, 6.0), VisualBasic.Gradients.Square(3));
    }

    [Fact]
    public void Every_operator_is_there()
    {
        const double X = 2, Expected = -1 + ((2 + (3 / (X * X))) / 4) + 1 + (2 * X);
        Assert.Equal(Expected, FSharp.Gradients.everyOperator(X), 1e-15);
        Assert.Equal(Expected, VisualBasic.Gradients.EveryOperator(X), 1e-15);
    }
}
