using System.Globalization;
using AutoDiffLsr.Data.Tables.Reading;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Data.Tables;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("-0.5", -0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("+3", 3)]
    [InlineData("1e3", 1000)]
    [InlineData("-1.5E-3", -0.0015)]
    [InlineData("007", 7)]
    [InlineData("123456789012345", 123456789012345)]
    [InlineData("0.1234567890123456789", 0.1234567890123456789)]
    [InlineData("12345678901234567890", 12345678901234567890.0)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    public void Numbers_are_read(string text, double expected)
    {
        Assert.True(NumberText.TryParse(text, '.', out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,2")]
    [InlineData("1 2")]
    [InlineData("1-2")]
    [InlineData("NaN")]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    [InlineData("$5")]
    [InlineData("12%")]
    [InlineData("\u0661")]
    public void Other_texts_are_no_numbers(string text) => Assert.False(NumberText.TryParse(text, '.', out _));

    [Theory]
    [InlineData("5,1", 5.1)]
    [InlineData("-0,001", -0.001)]
    [InlineData("1,5e-3", 0.0015)]
    [InlineData("7", 7)]
    public void A_decimal_comma_is_read(string text, double expected) => Assert.Equal(expected, NumberText.Parse(text, ','));

    [Theory]
    [InlineData("5.1")]
    [InlineData("1.234,5")]
    public void With_a_decimal_comma_a_point_is_no_part_of_a_number(string text) => Assert.False(NumberText.TryParse(text, ',', out _));

    /// <summary>The short way must round as .NET's parser does, to the last bit.</summary>
    [Property(MaxTest = 2000)]
    public Property Decimals_are_rounded_to_the_nearest_double()
    {
        var parts = ArbMap.Default.GeneratorFor<long>().SelectMany(digits => Gen.Choose(0, 17).Select(decimals => (digits % 10_000_000_000_000_000L, decimals)));
        return Prop.ForAll(parts.ToArbitrary(), each =>
        {
            string text = Decimal(each.Item1, each.decimals);
            return BitConverter.DoubleToInt64Bits(NumberText.Parse(text, '.')) == BitConverter.DoubleToInt64Bits(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        });
    }

    private static string Decimal(long digits, int decimals)
    {
        string text = Math.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return (digits < 0 ? "-" : "") + (decimals == 0 ? text : text[..^decimals] + "." + text[^decimals..]);
    }
}
