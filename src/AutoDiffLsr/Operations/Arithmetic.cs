using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Operations;

/// <summary>
/// + - * / and powers, entry by entry. A side of length 1 is repeated to fit the other input (3x4 with 1x4, 3x1 or 1x1), as in NumPy and PyTorch.
/// The product of matrices is <see cref="Matrices.MatMul"/>.
/// </summary>
public static class Arithmetic
{
    extension<T>(Variable<T>)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = a + b.  da = dy,  db = dy</summary>
        /// <param name="a">The first input.</param>
        /// <param name="b">The second input.</param>
        /// <returns>The sum, of the common shape.</returns>
        public static Variable<T> operator +(Variable<T> a, Variable<T> b) => Sums.Add(a, b);

        /// <summary>y = a - b.  da = dy,  db = -dy</summary>
        /// <param name="a">The first input.</param>
        /// <param name="b">The second input.</param>
        /// <returns>The difference, of the common shape.</returns>
        public static Variable<T> operator -(Variable<T> a, Variable<T> b) => Operation.Elementwise(
            "subtract",
            a,
            b,
            forward: static (a, b, y) => TensorPrimitives.Subtract(a, b, y),
            vjpA: static (a, b, y, dy) => dy,
            vjpB: static (a, b, y, dy) => -dy);

        /// <summary>y = a·b, entry by entry.  da = b·dy,  db = a·dy</summary>
        /// <param name="a">The first input.</param>
        /// <param name="b">The second input.</param>
        /// <returns>The product, of the common shape.</returns>
        public static Variable<T> operator *(Variable<T> a, Variable<T> b) => Operation.Elementwise(
            "multiply",
            a,
            b,
            forward: static (a, b, y) => TensorPrimitives.Multiply(a, b, y),
            vjpA: static (a, b, y, dy) => b * dy,
            vjpB: static (a, b, y, dy) => a * dy);

        /// <summary>y = a / b.  da = dy / b,  db = -y·dy / b</summary>
        /// <param name="a">The dividend.</param>
        /// <param name="b">The divisor.</param>
        /// <returns>The quotient, of the common shape.</returns>
        public static Variable<T> operator /(Variable<T> a, Variable<T> b) => Operation.Elementwise(
            "divide",
            a,
            b,
            forward: static (a, b, y) => TensorPrimitives.Divide(a, b, y),
            vjpA: static (a, b, y, dy) => dy / b,
            vjpB: static (a, b, y, dy) => -(y * dy / b));

        /// <summary>y = -x.  dx = -dy</summary>
        /// <param name="x">The input.</param>
        /// <returns>The negative.</returns>
        public static Variable<T> operator -(Variable<T> x) => Operation.Elementwise(
            "negate",
            x,
            forward: static (x, y) => TensorPrimitives.Negate(x, y),
            vjp: static (x, y, dy) => -dy);

        /// <summary>y = x + c.  dx = dy</summary>
        /// <param name="x">The input.</param>
        /// <param name="c">A number.</param>
        /// <returns>The sum.</returns>
        public static Variable<T> operator +(Variable<T> x, double c) => Operation.Elementwise(
            "add",
            x,
            T.CreateTruncating(c),
            forward: static (x, y, c) => TensorPrimitives.Add(x, c, y),
            vjp: static (x, y, dy, c) => dy);

        /// <summary>y = c + x.  dx = dy</summary>
        /// <param name="c">A number.</param>
        /// <param name="x">The input.</param>
        /// <returns>The sum.</returns>
        public static Variable<T> operator +(double c, Variable<T> x) => x + c;

        /// <summary>y = x - c.  dx = dy</summary>
        /// <param name="x">The input.</param>
        /// <param name="c">A number.</param>
        /// <returns>The difference.</returns>
        public static Variable<T> operator -(Variable<T> x, double c) => x + -c;

        /// <summary>y = c - x.  dx = -dy</summary>
        /// <param name="c">A number.</param>
        /// <param name="x">The input.</param>
        /// <returns>The difference.</returns>
        public static Variable<T> operator -(double c, Variable<T> x) => Operation.Elementwise(
            "subtract",
            x,
            T.CreateTruncating(c),
            forward: static (x, y, c) => TensorPrimitives.Subtract(c, x, y),
            vjp: static (x, y, dy, c) => -dy);

        /// <summary>y = c·x.  dx = c·dy</summary>
        /// <param name="x">The input.</param>
        /// <param name="c">A number.</param>
        /// <returns>The product.</returns>
        public static Variable<T> operator *(Variable<T> x, double c) => Operation.Elementwise(
            "multiply",
            x,
            c,
            forward: static (x, y, c) => TensorPrimitives.Multiply(x, T.CreateTruncating(c), y),
            vjp: static (x, y, dy, c) => dy * c);

        /// <summary>y = c·x.  dx = c·dy</summary>
        /// <param name="c">A number.</param>
        /// <param name="x">The input.</param>
        /// <returns>The product.</returns>
        public static Variable<T> operator *(double c, Variable<T> x) => x * c;

        /// <summary>y = x / c.  dx = dy / c</summary>
        /// <param name="x">The input.</param>
        /// <param name="c">A number.</param>
        /// <returns>The quotient.</returns>
        public static Variable<T> operator /(Variable<T> x, double c) => Operation.Elementwise(
            "divide",
            x,
            c,
            forward: static (x, y, c) => TensorPrimitives.Divide(x, T.CreateTruncating(c), y),
            vjp: static (x, y, dy, c) => dy / c);

        /// <summary>y = c / x.  dx = -y·dy / x</summary>
        /// <param name="c">A number.</param>
        /// <param name="x">The input.</param>
        /// <returns>The quotient.</returns>
        public static Variable<T> operator /(double c, Variable<T> x) => Operation.Elementwise(
            "divide",
            x,
            T.CreateTruncating(c),
            forward: static (x, y, c) => TensorPrimitives.Divide(c, x, y),
            vjp: static (x, y, dy, c) => -(y * dy / x));
    }

    /// <summary>y = x^p for a constant p.  dx = p·x^(p-1)·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input; where it is negative, p must be whole or the result is NaN.</param>
    /// <param name="exponent">p.</param>
    /// <returns>The power.</returns>
    public static Variable<T> Power<T>(this Variable<T> x, double exponent)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "power",
            x,
            exponent,
            forward: static (x, y, p) => TensorPrimitives.Pow(x, T.CreateTruncating(p), y),
            vjp: static (x, y, dy, p) => p == 0 ? default : p * x.Power(p - 1) * dy);

    /// <summary>y = x².  dx = 2·x·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The square.</returns>
    public static Variable<T> Square<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => x * x;
}
