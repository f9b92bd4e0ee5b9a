using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Losses;

/// <summary>Value and gradient of a loss, by either path.</summary>
internal static class LossProbe
{
    public static (Matrix<T> Loss, Matrix<T> Gradient) Run<T>(this ClassificationLoss loss, Matrix<T> logits, int[] labels, bool composed = false)
        where T : struct, IFloatingPointIeee754<T>
    {
        using Tape<T> tape = new();
        Variable<T> z = tape.Variable(logits);
        Variable<T> value = loss.Compute(z, labels);
        Variable<T> seed = tape.Constant(value.Shape, T.One);
        return (value.Value.Clone(), tape.Gradients(value, [z], createGraph: composed, cotangent: seed)[0].Value.Clone());
    }

    public static double Difference(Matrix<double> a, Matrix<double> b) => (a - b).Enumerate().Max(Math.Abs);

    /// <summary>A bound relative to the largest logit: the input's own rounding is all that may show.</summary>
    public static double Tolerance(this LogitsCase c) => 1e-12 * (1 + c.Logits.Enumerate().Max(Math.Abs));
}
