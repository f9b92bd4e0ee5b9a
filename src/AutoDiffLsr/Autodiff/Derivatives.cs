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

    /// <summary>
    /// The Jacobian of a result by all numbers of some parameters: a row for each entry of <paramref name="y"/>, counted down its columns; the parameters one after
    /// the other, each down its columns. One sweep a row.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="y">A result, of any shape; a loss with one value a row (N x 1) gives the gradient of each sample, by a loop of N sweeps.</param>
    /// <param name="parameters">With respect to what.</param>
    /// <returns>A matrix of its own: entries of y x numbers of the parameters.</returns>
    public static Matrix<T> Jacobian<T>(Variable<T> y, IReadOnlyList<Parameter<T>> parameters)
        where T : struct, IFloatingPointIeee754<T>
    {
        FlatParameters<T> flat = new(parameters);
        Matrix<T> jacobian = Matrix<T>.Build.Dense(y.Shape.Count, flat.Count), oneHot = Matrix<T>.Build.Dense(y.Rows, y.Columns);
        for (int i = 0; i < y.Shape.Count; i++)
        {
            oneHot[i % y.Rows, i / y.Rows] = T.One;
            jacobian.SetRow(i, flat.Gather(y.Tape.Gradients(y, parameters, cotangent: y.Tape.Constant(oneHot))));
            oneHot.Clear();
        }

        return jacobian;
    }

    /// <summary>The Hessian of a loss by all numbers of some parameters, one after the other, each counted down its columns. One sweep a row.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="loss">A 1x1 variable.</param>
    /// <param name="parameters">With respect to what.</param>
    /// <returns>A matrix of its own: numbers x numbers.</returns>
    public static Matrix<T> Hessian<T>(Variable<T> loss, IReadOnlyList<Parameter<T>> parameters)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Gradients<T> gradients = loss.Tape.Gradients(loss, parameters, createGraph: true);
        Matrix<T>[] blocks = new Matrix<T>[parameters.Count];
        for (int i = 0; i < blocks.Length; i++)
            blocks[i] = gradients[i].NeedsGradient ? Jacobian(gradients[i], parameters) : Matrix<T>.Build.Dense(parameters[i].Shape.Count, new FlatParameters<T>(parameters).Count);
        return Matrix<T>.Build.DenseOfMatrixArray(ToColumn(blocks));
    }

    /// <summary>
    /// The product of the Hessian of a loss by some parameters with a direction, H·v, without the Hessian: the gradient of (gradient · v), at the cost of about
    /// two gradients.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="loss">A 1x1 variable.</param>
    /// <param name="parameters">With respect to what.</param>
    /// <param name="direction">v, for each of the parameters.</param>
    /// <returns>H·v, for each of the parameters, in memory of its own.</returns>
    /// <exception cref="ArgumentException">The direction lacks a parameter.</exception>
    public static ParameterGradients<T> HessianVectorProduct<T>(Variable<T> loss, IReadOnlyList<Parameter<T>> parameters, ParameterGradients<T> direction)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(direction);
        Gradients<T> gradients = loss.Tape.Gradients(loss, parameters, createGraph: true);
        Variable<T> slope = loss.Tape.Constant(T.Zero);
        for (int i = 0; i < parameters.Count; i++)
            slope += Sums.SumTo(gradients[i] * loss.Tape.Constant(direction[parameters[i]]), Shape.Scalar);
        ParameterGradients<T> product = new(parameters);
        if (slope.NeedsGradient)
            product.Add(loss.Tape.Gradients(slope, parameters));
        return product;
    }

    private static Matrix<T>[,] ToColumn<T>(Matrix<T>[] blocks)
        where T : struct, IFloatingPointIeee754<T>
    {
        Matrix<T>[,] column = new Matrix<T>[blocks.Length, 1];
        for (int i = 0; i < blocks.Length; i++)
            column[i, 0] = blocks[i];
        return column;
    }
}
