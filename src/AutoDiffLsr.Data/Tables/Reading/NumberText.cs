using System.Globalization;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>Numbers as tables write them: a sign, digits with one decimal mark, an exponent; no thousands separators.</summary>
internal static class NumberText
{
    private const int ExactDigits = 15;
    private const int LongestNumber = 400;

    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, ExactDigits + 1).Select(exponent => Math.Pow(10, exponent))];

    /// <summary>Reads a number. One too large for double is read as infinite.</summary>
    /// <param name="text">The field, without white space around it.</param>
    /// <param name="decimalMark">'.' or ','.</param>
    /// <param name="value">The double next to the decimal number.</param>
    /// <returns>Whether the text is a number; NaN is none.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, char decimalMark, out double value) =>
        TryParseShort(text, decimalMark, out value) || TryParseAny(text, decimalMark, out value);

    public static double Parse(ReadOnlySpan<char> text, char decimalMark) =>
        TryParse(text, decimalMark, out double value) ? value : throw new FormatException();

    /// <summary>The shortest text that gives the number back: the same for 1, 1.0 and 01.</summary>
    public static string Canonical(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// Up to 15 digits without an exponent. Digits and power of ten are exact in double then, so their quotient is rounded once and is the nearest double
    /// (Clinger, How to read floating point numbers accurately, 1990).
    /// </summary>
    private static bool TryParseShort(ReadOnlySpan<char> text, char decimalMark, out double value)
    {
        value = 0;
        bool isNegative = !text.IsEmpty && text[0] == '-';
        ReadOnlySpan<char> digits = isNegative ? text[1..] : text;
        if (digits.IsEmpty || digits.Length > ExactDigits + 1)
            return false;
        long mantissa = 0;
        int mark = -1;
        for (int i = 0; i < digits.Length; i++)
        {
            char c = digits[i];
            if (char.IsAsciiDigit(c))
                mantissa = (10 * mantissa) + (c - '0');
            else if (c == decimalMark && mark < 0)
                mark = i;
            else
                return false;
        }

        int count = mark < 0 ? digits.Length : digits.Length - 1, decimals = mark < 0 ? 0 : digits.Length - 1 - mark;
        if (count is 0 or > ExactDigits)
            return false;
        value = mantissa / PowersOfTen[decimals];
        value = isNegative ? -value : value;
        return true;
    }

    private static bool TryParseAny(ReadOnlySpan<char> text, char decimalMark, out double value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > LongestNumber)
            return false;
        if (decimalMark != '.')
        {
            if (text.Contains('.'))
                return false;
            Span<char> invariant = stackalloc char[text.Length];
            text.Replace(invariant, decimalMark, '.');
            return TryParseAny(invariant, '.', out value);
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) ? !double.IsNaN(value) : TryParseInfinity(text, out value);
    }

    private static bool TryParseInfinity(ReadOnlySpan<char> text, out double value)
    {
        bool isNegative = text[0] == '-';
        ReadOnlySpan<char> name = text[0] is '-' or '+' ? text[1..] : text;
        value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return name.Equals("inf", StringComparison.OrdinalIgnoreCase) || name.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }
}
