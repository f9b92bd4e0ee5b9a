using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

public sealed class CheckOptionsTests
{
    private static readonly double[] NeverRight = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1];

    private static readonly Dictionary<string, (Func<double, CheckOptions> Set, double[] Wrong)> Settings = new()
    {
        [nameof(CheckOptions.RelativeTolerance)] = (value => new CheckOptions { RelativeTolerance = value }, NeverRight),
        [nameof(CheckOptions.AbsoluteTolerance)] = (value => new CheckOptions { AbsoluteTolerance = value }, NeverRight),
        [nameof(CheckOptions.ErrorFactor)] = (value => new CheckOptions { ErrorFactor = value }, NeverRight),
        [nameof(CheckOptions.InconclusiveAbove)] = (value => new CheckOptions { InconclusiveAbove = value }, NeverRight),
        [nameof(CheckOptions.InitialStep)] = (value => new CheckOptions { InitialStep = value }, [.. NeverRight, 0]),
        [nameof(CheckOptions.SingleFactor)] = (value => new CheckOptions { SingleFactor = value }, [.. NeverRight, 0]),
        [nameof(CheckOptions.Order)] = (value => new CheckOptions { Order = (int)value }, [-1, 0, 3]),
        [nameof(CheckOptions.Directions)] = (value => new CheckOptions { Directions = (int)value }, [-1, 0]),
        [nameof(CheckOptions.Kinks)] = (value => new CheckOptions { Kinks = (KinkPolicy)(int)value }, [-1, 2]),
    };

    public static TheoryData<string> Names => [.. Settings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_setting_outside_its_range_is_refused_by_name(string name)
    {
        foreach (double wrong in Settings[name].Wrong)
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Settings[name].Set(wrong));
            Assert.Equal(name, error.ParamName);
            Assert.Contains($"{name} is ", error.Message, StringComparison.Ordinal);
        }

        Assert.NotNull(Settings[name].Set(1));
    }

    [Fact]
    public void A_check_without_any_check_is_refused()
    {
        CheckOptions none = new() { Without = Enum.GetValues<CheckKind>() };
        Assert.Throws<ArgumentException>(() => GradientCheck.Check(x => x.Tanh(), Matrix<double>.Build.Dense(1, 1, 1.0), none));
    }

    [Fact]
    public void A_check_that_is_left_out_has_no_result()
    {
        CheckReport report = GradientCheck.Check(x => x.Tanh(), Matrix<double>.Build.Dense(1, 1, 1.0), new CheckOptions { Without = [CheckKind.Linearity] });
        Assert.Null(report.Of(CheckKind.Linearity));
        Assert.NotNull(report.Of(CheckKind.Derivative));
        Assert.Null(GradientCheck.Check(x => x.Tanh(), Matrix<double>.Build.Dense(1, 1, 1.0), new CheckOptions { Order = 1 }).Of(CheckKind.SecondOrder));
    }
}
