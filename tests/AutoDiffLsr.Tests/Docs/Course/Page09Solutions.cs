using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/09-your-own.md.</summary>
public sealed class Page09Solutions
{
    /// <summary>At 0 its slope is infinite, so the domain is the numbers away from 0.</summary>
    [Fact]
    public void A_cube_root_is_right_away_from_zero() => Assert.Equal(50, GradientProperty.Of(CubeRoot, CubeRoot).On(Domain.AwayFromZero).Check(cases: 50).Passed);

    /// <summary>Children must contain the dense layer: then its parameters are found, trained and saved.</summary>
    [Fact]
    public void A_residual_layer_lists_its_child()
    {
        Skip<double> layer = new(new Dense<double>(3, 3, new RandomSource(seed: 1)));
        Assert.Equal(2, layer.Parameters.Count);
        Assert.Equal(30, GradientProperty.Of(layer).Check(cases: 30).Passed);
    }

    [Fact]
    public void A_parameter_that_is_not_listed_is_found()
    {
        CheckReport report = GradientCheck.Check(new Forgetful(), Matrix<double>.Build.Dense(2, 3, (i, j) => i - j));
        Assert.Equal([CheckKind.Listing], report.Results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Kind));
    }

    // y = ∛x.  dx = dy / (3·y²)
    private static Variable<T> CubeRoot<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => Operation.Elementwise(
        "cube root",
        x,
        forward: static (x, y) =>
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = T.Cbrt(x[i]);
        },
        vjp: static (x, y, dy) => dy / (3 * y.Square()));

    private sealed class Skip<T>(Dense<T> dense) : Layer<T>
        where T : struct, IFloatingPointIeee754<T>
    {
        public override string Description => "Skip";

        public override IReadOnlyList<Layer<T>> Children { get; } = [dense];

        public override int? InputColumns => dense.InputColumns;

        public override Variable<T> Forward(Variable<T> x) => x + dense.Forward(x);
    }

    private sealed class Forgetful : Layer<double>
    {
        private readonly Parameter<double> shift = new("shift", Matrix<double>.Build.Dense(1, 3, 0.5));

        public override string Description => "Forgetful";

        public override int? InputColumns => 3;

        public override Variable<double> Forward(Variable<double> x) => x + x.Tape.Parameter(shift);
    }
}
