using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Smooth functions of one variable, entry by entry.</summary>
public static class ElementaryOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = eˣ.  dx = y·dy</summary>
        public Variable<T> Exp() => Operation.Elementwise("exp", x, static (x, y) => Functions.Exp(x, y), static (x, y, dy) => y * dy);

        /// <summary>y = ln x, NaN where x is negative.  dx = dy / x</summary>
        public Variable<T> Log() => Operation.Elementwise("log", x, static (x, y) => Functions.Log(x, y), static (x, y, dy) => dy / x);

        /// <summary>y = ln(1 + x), exact for small x too, NaN where x is below -1.  dx = dy / (1 + x)</summary>
        public Variable<T> Log1p() => Operation.Elementwise("log1p", x, static (x, y) => Functions.Log1p(x, y), static (x, y, dy) => dy / (1 + x));

        /// <summary>y = √x, NaN where x is negative; the gradient at 0 is infinite.  dx = dy / 2y</summary>
        public Variable<T> Sqrt() => Operation.Elementwise("sqrt", x, static (x, y) => TensorPrimitives.Sqrt(x, y), static (x, y, dy) => dy / (2 * y));

        /// <summary>y = x².  dx = 2·x·dy</summary>
        public Variable<T> Square() => x * x;

        /// <summary>y = x^p for a constant p.  dx = p·x^(p-1)·dy</summary>
        /// <param name="exponent">p; where x is negative it must be whole, or the result is NaN.</param>
        public Variable<T> Power(double exponent) => Operation.Elementwise(
            "power",
            x,
            exponent,
            forward: static (x, y, p) => TensorPrimitives.Pow(x, T.CreateTruncating(p), y),
            vjp: static (x, y, dy, p) => p == 0 ? default : x.PowerSlope(dy, p));
    }
}
