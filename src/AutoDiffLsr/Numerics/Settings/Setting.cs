using System.Globalization;
using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>The ranges that numbers set by users must lie in. Each check returns the value, or throws with the name, the value and the range.</summary>
internal static class Setting
{
    /// <summary>Any finite number of T.</summary>
    public static double Finite<T>(double value, string name)
        where T : struct, IFloatingPointIeee754<T> => IsFinite<T>(value) ? value : throw Wrong(value, name, $"a finite {NameOf<T>()}");

    /// <summary>A finite number of T, 0 or more.</summary>
    public static double NotNegative<T>(double value, string name)
        where T : struct, IFloatingPointIeee754<T> => value >= 0 && IsFinite<T>(value) ? value : throw Wrong(value, name, $"a finite {NameOf<T>()}, 0 or more");

    /// <summary>A finite number of T above 0, in T too.</summary>
    public static double Positive<T>(double value, string name)
        where T : struct, IFloatingPointIeee754<T> =>
        T.CreateTruncating(value) > T.Zero && IsFinite<T>(value) ? value : throw Wrong(value, name, $"a finite {NameOf<T>()} above 0");

    /// <summary>A number in [0, 1).</summary>
    public static double Share(double value, string name) => value is >= 0 and < 1 ? value : throw Wrong(value, name, "in [0, 1)");

    /// <summary>A number in [0, 1].</summary>
    public static double Fraction(double value, string name) => value is >= 0 and <= 1 ? value : throw Wrong(value, name, "in [0, 1]");

    private static bool IsFinite<T>(double value)
        where T : struct, IFloatingPointIeee754<T> => T.IsFinite(T.CreateTruncating(value));

    private static string NameOf<T>() => typeof(T) == typeof(float) ? "float" : "double";

    private static ArgumentOutOfRangeException Wrong(double value, string name, string range) =>
        new(name, value, $"{name} is {value.ToString(CultureInfo.InvariantCulture)}; it must be {range}.");
}
