using System.Numerics.Tensors;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <content>
/// + - * / entry by entry. They are operations like all in this room, but members of the struct, so that they are there wherever a variable is, in F# and Visual
/// Basic too. A side of length 1 is repeated to fit the other input (3x4 with 1x4, 3x1 or 1x1), as in NumPy and PyTorch.
/// </content>
public readonly partial struct Variable<T>
{
    /// <summary>y = a + b, of the common shape.  da = db = dy</summary>
    public static Variable<T> operator +(Variable<T> a, Variable<T> b) => Operation.Elementwise(
        "add",
        a,
        b,
        forward: static (a, b, y) => TensorPrimitives.Add(a, b, y),
        vjpA: static (a, b, y, dy) => dy,
        vjpB: null);

    /// <summary>y = a - b, of the common shape.  da = dy,  db = -dy</summary>
    public static Variable<T> operator -(Variable<T> a, Variable<T> b) => Operation.Elementwise(
        "subtract",
        a,
        b,
        forward: static (a, b, y) => TensorPrimitives.Subtract(a, b, y),
        vjpA: static (a, b, y, dy) => dy,
        vjpB: static (a, b, y, dy) => -dy);

    /// <summary>y = a·b, entry by entry, of the common shape; the product of matrices is MatMul.  da = b·dy,  db = a·dy</summary>
    public static Variable<T> operator *(Variable<T> a, Variable<T> b) => Operation.Elementwise(
        "multiply",
        a,
        b,
        forward: static (a, b, y) => TensorPrimitives.Multiply(a, b, y),
        vjpA: static (a, b, y, dy) => b * dy,
        vjpB: static (a, b, y, dy) => a * dy);

    /// <summary>y = a / b, of the common shape.  da = dy / b,  db = -y·dy / b</summary>
    public static Variable<T> operator /(Variable<T> a, Variable<T> b) => Operation.Elementwise(
        "divide",
        a,
        b,
        forward: static (a, b, y) => TensorPrimitives.Divide(a, b, y),
        vjpA: static (a, b, y, dy) => dy / b,
        vjpB: static (a, b, y, dy) => QuotientSlope(y, dy, b));

    /// <summary>y = -x.  dx = -dy</summary>
    public static Variable<T> operator -(Variable<T> x) => Operation.Elementwise(
        "negate",
        x,
        forward: static (x, y) => TensorPrimitives.Negate(x, y),
        vjp: static (x, y, dy) => -dy);

    /// <summary>y = x + c.  dx = dy</summary>
    public static Variable<T> operator +(Variable<T> x, double c) => Operation.Elementwise(
        "add",
        x,
        T.CreateTruncating(c),
        forward: static (x, y, c) => TensorPrimitives.Add(x, c, y),
        vjp: static (x, y, dy, c) => dy);

    /// <summary>y = c + x.  dx = dy</summary>
    public static Variable<T> operator +(double c, Variable<T> x) => x + c;

    /// <summary>y = x - c.  dx = dy</summary>
    public static Variable<T> operator -(Variable<T> x, double c) => x + -c;

    /// <summary>y = c - x.  dx = -dy</summary>
    public static Variable<T> operator -(double c, Variable<T> x) => Operation.Elementwise(
        "subtract",
        x,
        T.CreateTruncating(c),
        forward: static (x, y, c) => TensorPrimitives.Subtract(c, x, y),
        vjp: static (x, y, dy, c) => -dy);

    /// <summary>y = c·x.  dx = c·dy</summary>
    public static Variable<T> operator *(Variable<T> x, double c) => Operation.Elementwise(
        "multiply",
        x,
        c,
        forward: static (x, y, c) => TensorPrimitives.Multiply(x, T.CreateTruncating(c), y),
        vjp: static (x, y, dy, c) => dy * c);

    /// <summary>y = c·x.  dx = c·dy</summary>
    public static Variable<T> operator *(double c, Variable<T> x) => x * c;

    /// <summary>y = x / c.  dx = dy / c</summary>
    public static Variable<T> operator /(Variable<T> x, double c) => Operation.Elementwise(
        "divide",
        x,
        c,
        forward: static (x, y, c) => TensorPrimitives.Divide(x, T.CreateTruncating(c), y),
        vjp: static (x, y, dy, c) => dy / c);

    /// <summary>y = c / x.  dx = -y·dy / x</summary>
    public static Variable<T> operator /(double c, Variable<T> x) => Operation.Elementwise(
        "divide",
        x,
        T.CreateTruncating(c),
        forward: static (x, y, c) => TensorPrimitives.Divide(c, x, y),
        vjp: static (x, y, dy, c) => QuotientSlope(y, dy, x));

    /// <summary>y = x + m, where the matrix is a constant.  dx = dy</summary>
    public static Variable<T> operator +(Variable<T> x, Matrix<T> m) => x + x.Tape.Constant(m);

    /// <summary>y = m + x, where the matrix is a constant.  dx = dy</summary>
    public static Variable<T> operator +(Matrix<T> m, Variable<T> x) => x.Tape.Constant(m) + x;

    /// <summary>y = x - m, where the matrix is a constant.  dx = dy</summary>
    public static Variable<T> operator -(Variable<T> x, Matrix<T> m) => x - x.Tape.Constant(m);

    /// <summary>y = m - x, where the matrix is a constant.  dx = -dy</summary>
    public static Variable<T> operator -(Matrix<T> m, Variable<T> x) => x.Tape.Constant(m) - x;

    /// <summary>s = -y·dy/b, the slope of y = a/b by b, though y·dy alone may be too large or too small.  Its own rule is itself: d/db of it is -s·g/b.</summary>
    private static Variable<T> QuotientSlope(Variable<T> y, Variable<T> dy, Variable<T> b) => Operation.Nary(
        "quotient slope",
        [y, dy, Sums.BroadcastTo(b, y.Shape)],
        y.Shape,
        forward: static (inputs, s) => RangeKernels.NegativeQuotient<T>(inputs[0].Value.Data(), inputs[1].Value.Data(), inputs[2].Value.Data(), s.Data()),
        vjp: static (i, inputs, s, g) => i switch
        {
            0 => QuotientSlope(inputs[1], g, inputs[2]),
            1 => QuotientSlope(inputs[0], g, inputs[2]),
            _ => QuotientSlope(s, g, inputs[2]),
        });
}
