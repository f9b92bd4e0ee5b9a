using System.Numerics;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>
/// The elementary functions in fixed point with 2400 binary places, by series only: an evaluation that shares nothing with the kernels. Every double
/// is exact in it, and the smallest result, 2^-1074, still has 200 good bits where two numbers of 2^1042 cancel.
/// </summary>
internal static class HighPrecision
{
    internal const int Places = 2400;

    private static readonly BigInteger One = BigInteger.One << Places;
    private static readonly BigInteger Ln2 = Times(2, ArtanhOfInverse(3)); // ln 2 = 2 artanh(1/3)
    private static readonly BigInteger InverseSqrt2Pi = Divide(One, Sqrt(Times(2, Pi())));

    internal static BigInteger Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        BigInteger value = mantissa << (Places + Math.Max(exponent, 1) - 1075);
        return bits < 0 ? -value : value;
    }

    internal static BigInteger Evaluate(string function, double x) => function switch
    {
        "Exp" => Exp(Of(x)),
        "Log" => Log(Of(x)),
        "Log1p" => Log(One + Of(x)),
        "Tanh" => Divide(Exp(2 * Of(x)) - One, Exp(2 * Of(x)) + One),
        "Sigmoid" => Divide(One, One + Exp(-Of(x))),
        "Softplus" => Log(One + Exp(Of(x))),
        "NormalCdf" => NormalCdf(Of(x)),
        "NormalPdf" => NormalPdf(Of(x)),
        "Gelu" => Multiply(Of(x), NormalCdf(Of(x))),
        _ => throw new ArgumentException($"There is no function {function}.", nameof(function)),
    };

    /// <summary>How far <paramref name="actual"/> is from the truth, in units of the last place of a double as large as the truth.</summary>
    internal static double UlpsOff(double actual, BigInteger truth)
    {
        if (truth.IsZero)
            return actual == 0 ? 0 : double.PositiveInfinity;
        int exponent = (int)BigInteger.Abs(truth).GetBitLength() - 1 - Places;
        if (double.IsInfinity(actual) && exponent >= 1024)
            return 0;
        int lastPlace = Math.Max(exponent - 52, -1074);
        BigInteger thousandths = 1000 * BigInteger.Abs(Of(actual) - truth) >> (Places + lastPlace);
        return (double)thousandths / 1000;
    }

    private static BigInteger Multiply(BigInteger x, BigInteger y) => (x * y) >> Places;

    private static BigInteger Divide(BigInteger x, BigInteger y) => (x << Places) / y;

    private static BigInteger Times(int factor, BigInteger x) => factor * x;

    // e^x = (e^(x / 2^32))^(2^32): the series is short, and the squarings lose 32 of the places.
    private static BigInteger Exp(BigInteger x)
    {
        const int Halvings = 32;
        BigInteger reduced = x >> Halvings, sum = One, term = One;
        for (int n = 1; !term.IsZero && term != -1; n++)
        {
            term = Multiply(term, reduced) / n;
            sum += term;
        }

        for (int i = 0; i < Halvings; i++)
            sum = Multiply(sum, sum);
        return sum;
    }

    // ln(2^k m) = k ln 2 + 2 artanh((m - 1) / (m + 1))
    private static BigInteger Log(BigInteger x)
    {
        int k = (int)x.GetBitLength() - Places;
        BigInteger m = k > 0 ? x >> k : x << -k;
        if (k is 0 or 1)
            (k, m) = (0, x); // near 1 nothing may be lost
        BigInteger s = Divide(m - One, m + One), square = Multiply(s, s), power = s, sum = BigInteger.Zero;
        for (int n = 1; !power.IsZero && power != -1; n += 2)
        {
            sum += power / n;
            power = Multiply(power, square);
        }

        return (k * Ln2) + (2 * sum);
    }

    private static BigInteger NormalPdf(BigInteger x) => Multiply(InverseSqrt2Pi, Exp(-(Multiply(x, x) >> 1)));

    // Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + ...) (Abramowitz and Stegun 26.2.11)
    private static BigInteger NormalCdf(BigInteger x)
    {
        BigInteger square = Multiply(x, x), term = x, sum = BigInteger.Zero;
        for (int n = 3; !term.IsZero && term != -1; n += 2)
        {
            sum += term;
            term = Multiply(term, square) / n;
        }

        return (One >> 1) + Multiply(NormalPdf(x), sum);
    }

    // π = 16 arctan(1/5) - 4 arctan(1/239) (Machin)
    private static BigInteger Pi() => (16 * ArctanOfInverse(5)) - (4 * ArctanOfInverse(239));

    private static BigInteger ArctanOfInverse(int x) => InverseSeries(x, -1);

    private static BigInteger ArtanhOfInverse(int x) => InverseSeries(x, 1);

    private static BigInteger InverseSeries(int x, int sign)
    {
        BigInteger power = One / x, sum = BigInteger.Zero;
        for (int n = 1; !power.IsZero; n += 2)
        {
            sum += (n % 4 == 3 ? sign : 1) * power / n;
            power /= x * x;
        }

        return sum;
    }

    private static BigInteger Sqrt(BigInteger x)
    {
        BigInteger target = x << Places, root = BigInteger.One << ((int)(target.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (target / root)) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }
}
