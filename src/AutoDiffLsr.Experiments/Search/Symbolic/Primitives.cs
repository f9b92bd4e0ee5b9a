using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>The twelve primitives, for numbers and on a tape.</summary>
internal static class Primitives
{
    /// <summary>The primitive of one or two numbers; b is ignored by a primitive of one.</summary>
    public static double Apply(Symbol symbol, double a, double b) => symbol switch
    {
        Symbol.Add => a + b,
        Symbol.Subtract => a - b,
        Symbol.Multiply => a * b,
        Symbol.Divide => a / Math.Sqrt(1 + (b * b)),
        Symbol.Sign => a > 0 ? 1 : a < 0 ? -1 : 0,
        Symbol.Square => a * a,
        Symbol.Absolute => Math.Abs(a),
        Symbol.Tanh => Math.Tanh(a),
        Symbol.Log => Math.Log(Math.Max(Math.Abs(a), Symbols.SmallestMagnitude)),
        Symbol.Sqrt => Math.Sqrt(Math.Max(Math.Abs(a), Symbols.SmallestMagnitude)),
        Symbol.Minimum => Math.Min(a, b),
        Symbol.Maximum => Math.Max(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "Not a primitive."),
    };

    /// <summary>A primitive of one operand, entry by entry.</summary>
    public static Variable<T> Apply<T>(Symbol symbol, Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => symbol switch
        {
            Symbol.Sign => Sign(x),
            Symbol.Square => x.Square(),
            Symbol.Absolute => x.Abs(),
            Symbol.Tanh => x.Tanh(),
            Symbol.Log => Magnitude(x).Log(),
            Symbol.Sqrt => Magnitude(x).Sqrt(),
            _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "Not a primitive of one operand."),
        };

    /// <summary>A primitive of two operands, entry by entry.</summary>
    public static Variable<T> Apply<T>(Symbol symbol, Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T> => symbol switch
        {
            Symbol.Add => a + b,
            Symbol.Subtract => a - b,
            Symbol.Multiply => a * b,
            Symbol.Divide => a / (1 + b.Square()).Sqrt(),
            Symbol.Minimum => a.Minimum(b),
            Symbol.Maximum => a.Maximum(b),
            _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "Not a primitive of two operands."),
        };

    /// <summary>y = max(|x|, 1e-7).  dx = sign(x)·dy where |x| ≥ 1e-7, else 0</summary>
    private static Variable<T> Magnitude<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => x.Abs().Clamp(Symbols.SmallestMagnitude, double.PositiveInfinity);

    /// <summary>y = sign(x).  dx = 0</summary>
    private static Variable<T> Sign<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        x.Tape.Branches?.Compare<T>(x.Value.AsColumnMajorArray(), T.Zero);
        Variable<T> one = x.Tape.Constant(x.Shape, T.One), at = x.Detach();
        return one.WherePositive(at) - one.WherePositive(-at);
    }
}
