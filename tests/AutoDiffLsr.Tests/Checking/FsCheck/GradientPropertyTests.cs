using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Checking.FsCheck;

public sealed class GradientPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void One_line_checks_an_operation_of_your_own() =>
        Assert.Equal(100, GradientProperty.Of(WrongOperations.Swish, WrongOperations.Swish).Check().Passed);

    [Property(MaxTest = 20, Replay = "11,13")]
    public Property An_attribute_checks_it_too() => GradientProperty.Of(WrongOperations.Swish, WrongOperations.Swish).ToProperty();

    [Fact]
    public void Plain_for_all_works_without_attributes() => Prop.ForAll(
        GradientProperty.Of((a, b) => a / b).On(Domain.Real, Domain.AwayFromZero).ToArbitrary(), drawn => drawn.Check(new CheckOptions { Order = 1 }).Passed).QuickCheckThrowOnFailure();

    [Fact]
    public void A_wrong_operation_is_shrunk_to_one_entry_and_told_with_both_values()
    {
        static Variable<double> Swish(Variable<double> x) => WrongOperations.SwishWith(x, static (x, y, dy) => dy * (x.Sigmoid() * (1 - y)));
        GradientCheckException error = Assert.Throws<GradientCheckException>(() => GradientProperty.Of(Swish).Check(seed: 7));
        output.WriteLine(error.Message);
        Assert.StartsWith("Swish(x1) with x1 = { { 1 } }\nSwish: the gradient is wrong", error.Message, StringComparison.Ordinal);
        Assert.Contains("The gradient for input 1 (1x1) is wrong at entry [0, 0]:", error.Message, StringComparison.Ordinal);
        Assert.Contains("replay: GradientProperty.Of(Swish...).Check(cases: 1, seed: 7)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_never_says_anything_is_an_error()
    {
        Domain edge = new("edge", Gen.Constant(1e-300), _ => true);
        GradientCheckException error = Assert.Throws<GradientCheckException>(
            () => GradientProperty.Of(x => x.Sqrt() * x).On(edge).With(new CheckOptions { Order = 1 }).Check(5));
        Assert.Contains("none of 5 cases could be confirmed or refuted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Domains_are_counted() => Assert.Throws<ArgumentException>(() => GradientProperty.Of(x => x).On(Domain.Real, Domain.Real));
}
