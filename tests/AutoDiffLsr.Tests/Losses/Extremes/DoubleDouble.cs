namespace AutoDiffLsr.Tests.Losses.Extremes;

/// <summary>
/// A number as the unevaluated sum of two doubles: about 32 digits. Sums and products by error-free transformations (Dekker 1971, Knuth's two-sum, fused
/// multiply-add); exponential by halving and Taylor, logarithm by one Newton step from the double one. It shares nothing with the engine.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    private const int Halvings = 9, Terms = 9;

    /// <summary>ln 2, its double and the rest (2^-56 · 0.31…, from its known digits).</summary>
    private static readonly DoubleDouble Ln2 = new(0.693147180559945286227, 2.319046813846299558e-17);

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High + value.Low;

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = TwoSum(a.High, b.High), low = TwoSum(a.Low, b.Low);
        DoubleDouble middle = QuickTwoSum(high.High, high.Low + low.High);
        return QuickTwoSum(middle.High, middle.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        return QuickTwoSum(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - (b * first);
        double second = rest.High / b.High;
        return QuickTwoSum(first, second) + ((rest - (b * second)).High / b.High);
    }

    public static DoubleDouble Abs(DoubleDouble x) => x.High < 0 ? -x : x;

    /// <summary>eˣ; 0 where it is below the smallest double.</summary>
    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (x.High < -746)
            return 0;
        double power = Math.Round(x.High / Ln2.High);
        DoubleDouble reduced = (x - (Ln2 * power)) * Math.ScaleB(1, -Halvings), sum = 0;
        for (int term = Terms; term >= 1; term--)
            sum = reduced * (1 + sum) / term;
        for (int halving = 0; halving < Halvings; halving++)
            sum = (2 * sum) + (sum * sum);
        sum += 1;
        return new(Math.ScaleB(sum.High, (int)power), Math.ScaleB(sum.Low, (int)power));
    }

    /// <summary>ln x of a positive x.</summary>
    public static DoubleDouble Log(DoubleDouble x)
    {
        double near = Math.Log(x.High);
        return near + ((x * Exp(-(DoubleDouble)near)) - 1);
    }

    /// <summary>ln(1 + x) of a small or ordinary positive x.</summary>
    public static DoubleDouble Log1p(DoubleDouble x) => x.High < 1e-9
        ? x * (1 - (x * (0.5 - (x * ((DoubleDouble)1 / 3 - (x * 0.25))))))
        : Log(1 + x);

    private static DoubleDouble TwoSum(double a, double b)
    {
        double sum = a + b, shift = sum - a;
        return new(sum, a - (sum - shift) + (b - shift));
    }

    private static DoubleDouble QuickTwoSum(double a, double b)
    {
        double sum = a + b;
        return new(sum, b - (sum - a));
    }
}
