using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <summary>Derivatives built from gradients: Jacobians, Hessians and Hessian-vector products.</summary>
public static class Derivatives
{
    /// <summary>
    /// The Jacobian of a result: entry (i, j) is the derivative of the i-th entry of <paramref name="y"/> by the j-th entry of <paramref name="x"/>, both
    /// counted down the columns. One sweep a row.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="y">A result, of any shape.</param>
    /// <param name="x">With respect to what.</param>
    /// <returns>A matrix of its own: entries of y x entries of x.</returns>
    public static Matrix<T> Jacobian<T>(Variable<T> y, Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        Matrix<T> jacobian = Matrix<T>.Build.Dense(y.Shape.Count, x.Shape.Count);
        Matrix<T> oneHot = Matrix<T>.Build.Dense(y.Rows, y.Columns);
        for (int i = 0; i < y.Shape.Count; i++)
        {
            oneHot[i % y.Rows, i / y.Rows] = T.One;
            Variable<T> row = y.Tape.Gradient(y, x, cotangent: y.Tape.Constant(oneHot));
            jacobian.SetRow(i, row.Value.AsColumnMajorArray());
            oneHot.Clear();
        }

        return jacobian;
    }

    /// <summary>The product of the Hessian of a loss with a direction, H·v, at the cost of about two gradients: the gradient of (gradient · v).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="loss">A 1x1 variable.</param>
    /// <param name="x">With respect to what.</param>
    /// <param name="direction">v, of the shape of <paramref name="x"/>.</param>
    /// <returns>H·v, of the shape of <paramref name="x"/>, valid until the tape is reset.</returns>
    /// <exception cref="ArgumentException">The direction has another shape.</exception>
    public static Variable<T> HessianVectorProduct<T>(Variable<T> loss, Variable<T> x, Variable<T> direction)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (direction.Shape != x.Shape)
            throw new ArgumentException($"The direction is {direction.Shape}, the variable {x.Shape}: they must be equal.", nameof(direction));
        Variable<T> gradient = loss.Tape.Gradient(loss, x, createGraph: true);
        return loss.Tape.Gradient(gradient, x, cotangent: direction);
    }

    /// <summary>The Hessian of a loss: entry (i, j) is the second derivative by the i-th and the j-th entry of <paramref name="x"/>, counted down the columns.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="loss">A 1x1 variable.</param>
    /// <param name="x">With respect to what.</param>
    /// <returns>A matrix of its own: entries x entries.</returns>
    public static Matrix<T> Hessian<T>(Variable<T> loss, Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Jacobian(loss.Tape.Gradient(loss, x, createGraph: true), x);
}
