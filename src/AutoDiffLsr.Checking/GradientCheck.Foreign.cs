using System.Runtime.CompilerServices;
using AutoDiffLsr.Checking.Foreign;
using AutoDiffLsr.Checking.Reports;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking;

/// <content>
/// Gradients from elsewhere: a function of numbers and what is taken for its gradient, without any tape. Both are called with copies of the point. Checked are
/// <see cref="CheckKind.Determinism"/>, <see cref="CheckKind.Value"/>, <see cref="CheckKind.GradientShape"/>, <see cref="CheckKind.Derivative"/>,
/// <see cref="CheckKind.Repeatability"/> and <see cref="CheckKind.InputsUnchanged"/>, at order 1. A function in float gives a numerical derivative of three to
/// four digits: an error of five percent is found, one of 0.01 % is not, and one between them is inconclusive or found.
/// </content>
public static partial class GradientCheck
{
    /// <summary>Checks the gradient of a function of an array: <c>GradientCheck.Check(f, g, [1, 2, 3]).ThrowIfFailed();</c></summary>
    /// <param name="gradient">What is taken for its gradient: as many numbers as the point has.</param>
    /// <param name="x">Where.</param>
    /// <param name="options">How; null for the defaults. <see cref="CheckOptions.Order"/> counts as 1.</param>
    /// <param name="name">What reports call it; as written in the call by default.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CheckReport Check(
        Func<double[], double> function, Func<double[], double[]> gradient, double[] x, CheckOptions? options = null, [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient, x);
        return Foreign(function, gradient, PointForm.Array(x), x, options, name);
    }

    /// <summary>Checks the gradient of a function of an array in float.</summary>
    /// <inheritdoc cref="Check(Func{double[], double}, Func{double[], double[]}, double[], CheckOptions?, string)"/>
    public static CheckReport Check(
        Func<float[], float> function, Func<float[], float[]> gradient, float[] x, CheckOptions? options = null, [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient, x);
        return Foreign(point => function(point), gradient, PointForm.Array(x), x, options, name);
    }

    /// <summary>Checks the gradient of a function of a vector.</summary>
    /// <inheritdoc cref="Check(Func{double[], double}, Func{double[], double[]}, double[], CheckOptions?, string)"/>
    public static CheckReport Check(
        Func<Vector<double>, double> function,
        Func<Vector<double>, Vector<double>> gradient,
        Vector<double> x,
        CheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient, x);
        return Foreign(function, gradient, PointForm.Vector(x), x, options, name);
    }

    /// <summary>Checks the gradient of a function of a vector in float.</summary>
    /// <inheritdoc cref="Check(Func{double[], double}, Func{double[], double[]}, double[], CheckOptions?, string)"/>
    public static CheckReport Check(
        Func<Vector<float>, float> function,
        Func<Vector<float>, Vector<float>> gradient,
        Vector<float> x,
        CheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient, x);
        return Foreign(point => function(point), gradient, PointForm.Vector(x), x, options, name);
    }

    /// <summary>Checks the gradient of a function of a matrix: a matrix of its shape.</summary>
    /// <inheritdoc cref="Check(Func{double[], double}, Func{double[], double[]}, double[], CheckOptions?, string)"/>
    public static CheckReport Check(
        Func<Matrix<double>, double> function,
        Func<Matrix<double>, Matrix<double>> gradient,
        Matrix<double> x,
        CheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient, x);
        return Foreign(function, gradient, PointForm.Matrix(x), x, options, name);
    }

    /// <summary>Checks the gradient of a function of a matrix in float: a matrix of its shape.</summary>
    /// <inheritdoc cref="Check(Func{double[], double}, Func{double[], double[]}, double[], CheckOptions?, string)"/>
    public static CheckReport Check(
        Func<Matrix<float>, float> function,
        Func<Matrix<float>, Matrix<float>> gradient,
        Matrix<float> x,
        CheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient, x);
        return Foreign(point => function(point), gradient, PointForm.Matrix(x), x, options, name);
    }

    /// <summary>Checks the gradients of a function of several matrices, inputs and parameters alike: a matrix for each.</summary>
    /// <inheritdoc cref="Check(Func{double[], double}, Func{double[], double[]}, double[], CheckOptions?, string)"/>
    public static CheckReport Check(
        Func<IReadOnlyList<Matrix<double>>, double> function,
        Func<IReadOnlyList<Matrix<double>>, IReadOnlyList<Matrix<double>>> gradient,
        IReadOnlyList<Matrix<double>> x,
        CheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient, x);
        CheckInputs(x, nameof(x));
        return Foreign(function, gradient, PointForm.Matrices(x), x, options, name);
    }

    private static CheckReport Foreign<TPoint>(
        Func<TPoint, double> function, Func<TPoint, TPoint> gradient, PointForm<TPoint> form, TPoint x, CheckOptions? options, string name)
        where TPoint : class
    {
        if (form.Slots.Sum(slot => slot.Shape.Count) == 0)
            throw new ArgumentException("The point has no entries, so there is no gradient to check.", nameof(x));
        return new ForeignCheck<TPoint>(FunctionName.Of(name), function, gradient, form, x, options).Run();
    }

    private static void ThrowIfNull(object? function, object? gradient, object? x)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
    }
}
