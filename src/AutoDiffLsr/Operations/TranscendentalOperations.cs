using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Trigonometric and hyperbolic functions, the error function, and functions of two variables, entry by entry; angles are in radians.</summary>
public static class TranscendentalOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = sin x.  dx = cos x·dy</summary>
        public Variable<T> Sin() => Operation.Elementwise(
            "sin", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Sin(x)), static (x, y, dy) => x.Cos() * dy);

        /// <summary>y = cos x.  dx = -sin x·dy</summary>
        public Variable<T> Cos() => Operation.Elementwise(
            "cos", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Cos(x)), static (x, y, dy) => -(x.Sin() * dy));

        /// <summary>y = tan x.  dx = (1 + y²)·dy</summary>
        public Variable<T> Tan() => Operation.Elementwise(
            "tan", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Tan(x)), static (x, y, dy) => (1 + (y * y)) * dy);

        /// <summary>y = arcsin x, NaN outside [-1, 1].  dx = dy / √((1 - x)(1 + x))</summary>
        public Variable<T> Asin() => Operation.Elementwise(
            "asin", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Asin(x)), static (x, y, dy) => dy / ((1 - x) * (1 + x)).Sqrt());

        /// <summary>y = arccos x, NaN outside [-1, 1].  dx = -dy / √((1 - x)(1 + x))</summary>
        public Variable<T> Acos() => Operation.Elementwise(
            "acos", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Acos(x)), static (x, y, dy) => -(dy / ((1 - x) * (1 + x)).Sqrt()));

        /// <summary>y = arctan x.  dx = dy / (1 + x²)</summary>
        public Variable<T> Atan() => Operation.Elementwise(
            "atan", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Atan(x)), static (x, y, dy) => dy / (1 + (x * x)));

        /// <summary>y = sinh x.  dx = cosh x·dy</summary>
        public Variable<T> Sinh() => Operation.Elementwise(
            "sinh", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Sinh(x)), static (x, y, dy) => x.Cosh() * dy);

        /// <summary>y = cosh x.  dx = sinh x·dy</summary>
        public Variable<T> Cosh() => Operation.Elementwise(
            "cosh", x, static (x, y) => ScalarFunctions.Map(x, y, static x => T.Cosh(x)), static (x, y, dy) => x.Sinh() * dy);

        /// <summary>y = eˣ - 1, exact for small x too.  dx = eˣ·dy</summary>
        public Variable<T> Expm1() => Operation.Elementwise(
            "expm1", x, static (x, y) => ScalarFunctions.Map(x, y, ScalarFunctions.Expm1), static (x, y, dy) => x.Exp() * dy);

        /// <summary>y = erf x = 2/√π ∫₀ˣ e^(-t²) dt.  dx = 2/√π e^(-x²)·dy</summary>
        public Variable<T> Erf() => Operation.Elementwise(
            "erf", x, static (x, y) => ScalarFunctions.Map(x, y, ScalarFunctions.Erf), static (x, y, dy) => 2 / Math.Sqrt(Math.PI) * (-(x * x)).Exp() * dy);

        /// <summary>y = xᵖ with an exponent for each entry, of the common shape; NaN where x is negative and p no whole number.  dx = p·xᵖ⁻¹·dy,  dp = ln x·y·dy</summary>
        /// <remarks>As in PyTorch dx is 0 where x and p are 0, and dp is 0 where x is 0 and p is not negative.</remarks>
        public Variable<T> Power(Variable<T> exponent) => Operation.Elementwise(
            "power",
            x,
            exponent,
            forward: static (x, p, y) => ScalarFunctions.Map(x, p, y, static (x, p) => T.Pow(x, p)),
            vjpA: static (x, p, y, dy) => ZeroWhere(x.IsZero() * p.IsZero(), p * x.Power(p - 1) * dy),
            vjpB: static (x, p, y, dy) => ZeroWhere(x.IsZero() * (1 - p.LessThan(p.Tape.Constant(T.Zero))), x.Log() * y * dy));

        /// <summary>y = the angle of the point (b, x), in [-π, π], of the common shape: x is the height, as in atan2(y, x).  dx = b/r·dy/r,  db = -x/r·dy/r with r = √(x² + b²)</summary>
        public Variable<T> Atan2(Variable<T> b) => Operation.Elementwise(
            "atan2",
            x,
            b,
            forward: static (a, b, y) => ScalarFunctions.Map(a, b, y, static (a, b) => T.Atan2(a, b)),
            vjpA: static (a, b, y, dy) => b.RatioOrZero(a.Hypot(b)) * dy.RatioOrZero(a.Hypot(b)),
            vjpB: static (a, b, y, dy) => -(a.RatioOrZero(a.Hypot(b)) * dy.RatioOrZero(a.Hypot(b))));

        /// <summary>y = √(x² + b²), of the common shape, without overflow on the way.  dx = x/y·dy,  db = b/y·dy (0 where both are 0)</summary>
        public Variable<T> Hypot(Variable<T> b) => Operation.Elementwise(
            "hypot",
            x,
            b,
            forward: static (a, b, y) => ScalarFunctions.Map(a, b, y, static (a, b) => T.Hypot(a, b)),
            vjpA: static (a, b, y, dy) => a.RatioOrZero(y) * dy,
            vjpB: static (a, b, y, dy) => b.RatioOrZero(y) * dy);

        /// <summary>y = ln(eˣ + eᵇ), of the common shape.  dx = σ(x - b)·dy,  db = σ(b - x)·dy</summary>
        public Variable<T> LogAddExp(Variable<T> b) => Operation.Elementwise(
            "log-add-exp",
            x,
            b,
            forward: static (a, b, y) => ScalarFunctions.Map(a, b, y, ScalarFunctions.LogAddExp),
            vjpA: static (a, b, y, dy) => a.ShareOfFirst(b) * dy,
            vjpB: static (a, b, y, dy) => b.ShareOfFirst(a) * dy);

        /// <summary>y = σ(x - b), ½ where they are equal.  dx = σ(x - b)·σ(b - x)·dy,  db = -dx</summary>
        private Variable<T> ShareOfFirst(Variable<T> b) => Operation.Elementwise(
            "share of the first",
            x,
            b,
            forward: static (a, b, y) => ScalarFunctions.Map(a, b, y, ScalarFunctions.ShareOfFirst),
            vjpA: static (a, b, y, dy) => y * b.ShareOfFirst(a) * dy,
            vjpB: static (a, b, y, dy) => -(y * b.ShareOfFirst(a) * dy));

        /// <summary>y = x / b, of the common shape, 0 where both are 0.  dx = dy / b,  db = -y·dy / b (0 where b is 0)</summary>
        internal Variable<T> RatioOrZero(Variable<T> b) => Operation.Elementwise(
            "ratio",
            x,
            b,
            forward: static (a, b, y) => ScalarFunctions.Map(a, b, y, ScalarFunctions.RatioOrZero),
            vjpA: static (a, b, y, dy) => ZeroWhere(b.IsZero(), dy / b),
            vjpB: static (a, b, y, dy) => ZeroWhere(b.IsZero(), -(y * dy / b)));

        /// <summary>A constant: 1 where x is 0, else 0.</summary>
        private Variable<T> IsZero() => x.EqualTo(x.Tape.Constant(T.Zero));
    }

    private static Variable<T> ZeroWhere<T>(Variable<T> condition, Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => SelectionOperations.Where(condition, x.Tape.Constant(T.Zero), x);
}
