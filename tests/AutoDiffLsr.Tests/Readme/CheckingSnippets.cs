// The documents of the checking kit show the lines between the markers; CheckingSnippetTests holds them equal and runs this.
#pragma warning disable IDE0005, IDE0007, IDE0008, IDE0022, IDE0062
using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Readme;

internal static class CheckingSnippets
{
    public static void Document()
    {
        // docs/checking.md begins
        var x = Matrix<double>.Build.Dense(2, 3, (i, j) => i - (0.5 * j));
        GradientCheck.Check(v => v.Tanh() * v, x).ThrowIfFailed();      // any function, in any test framework
        GradientProperty.Of(Swish, Swish).Check();                      // an operation of your own at random inputs, in double and float

        static Variable<T> Swish<T>(Variable<T> v) where T : struct, IFloatingPointIeee754<T> => v * v.Sigmoid();
        // docs/checking.md ends
    }

    public static void Checking()
    {
        // src/AutoDiffLsr.Checking/README.md begins
        var x = Matrix<double>.Build.Dense(2, 3, (i, j) => i - (0.5 * j));

        // a generic operation is named twice, to hold float against double
        GradientCheck.Check(CheckedFunction.Of("swish", Swish, Swish), [x]).ThrowIfFailed();

        // a layer, with its parameters; a captured layer's parameters are found as well
        var dense = new Dense<double>(3, 2, new RandomSource(seed: 1));
        GradientCheck.Check(dense, x).ThrowIfFailed();
        GradientCheck.Check(v => dense.Forward(v).Tanh(), x).ThrowIfFailed();

        // a gradient from elsewhere, by hand or from another library, and a numerical one with its error
        GradientCheck.Check(p => p[0] * Math.Exp(p[1]), p => [Math.Exp(p[1]), p[0] * Math.Exp(p[1])], [2.0, 0.5]).ThrowIfFailed();
        var gradient = NumericalGradient.Of(p => p[0] * Math.Exp(p[1]), [2.0, 0.5]);      // gradient.Value, gradient.Error

        static Variable<T> Swish<T>(Variable<T> v) where T : struct, IFloatingPointIeee754<T> => v * v.Sigmoid();
        // src/AutoDiffLsr.Checking/README.md ends
        _ = gradient;
    }

    public static void Properties()
    {
        // src/AutoDiffLsr.Checking.FsCheck/README.md begins
        GradientProperty.Of(v => v.Log()).On(Domain.Positive).Check(cases: 50, seed: 7);                  // another domain
        GradientProperty.Of(new Dense<double>(3, 2, new RandomSource(seed: 1))).Check();                  // a layer, at random parameters
        GradientProperty.Of((double[] p) => p.Sum(v => v * v), p => [.. p.Select(v => 2 * v)]).Check();   // a gradient from elsewhere
        // src/AutoDiffLsr.Checking.FsCheck/README.md ends
    }
}
