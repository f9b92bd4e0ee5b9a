using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Checking;

/// <summary>How a gradient is checked. The defaults need no tuning: the tolerance follows the error of the numerical derivative itself.</summary>
/// <remarks>A setting outside its range throws an <see cref="ArgumentOutOfRangeException"/> that names it.</remarks>
public sealed record CheckOptions
{
    /// <summary>Where directions and cotangents come from: same seed, same check.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>1 for gradients, 2 for gradients of gradients too.</summary>
    public int Order { get; init => field = value is 1 or 2 ? value : throw Refused(value, "it must be 1 or 2"); } = 2;

    /// <summary>How many random directions are tried, each with its own cotangent.</summary>
    public int Directions { get; init => field = value >= 1 ? value : throw Refused(value, "it must be 1 or more"); } = 2;

    /// <summary>The share of the larger of both values that they may differ by.</summary>
    public double RelativeTolerance { get; init => field = NotNegative(value); } = 1e-7;

    /// <summary>What both values may differ by in any case.</summary>
    public double AbsoluteTolerance { get; init => field = NotNegative(value); } = 1e-10;

    /// <summary>How many times the estimated error of the numerical derivative they may differ by in addition.</summary>
    public double ErrorFactor { get; init => field = NotNegative(value); } = 10;

    /// <summary>
    /// A numerical derivative whose estimated error, times <see cref="ErrorFactor"/>, is above this share of the derivative's terms is inconclusive.
    /// </summary>
    public double InconclusiveAbove { get; init => field = NotNegative(value); } = 1e-5;

    /// <summary>The first and largest step, for entries up to 1; larger entries move in proportion.</summary>
    public double InitialStep { get; init => field = Positive(value); } = 0.1;

    /// <summary>What to do at a point on a kink.</summary>
    public KinkPolicy Kinks { get; init => field = Enum.IsDefined(value) ? value : throw Refused(value, "it must be a KinkPolicy"); } = KinkPolicy.Subgradient;

    /// <summary>How many times the explained rounding error a float result may differ from the double one.</summary>
    public double SingleFactor { get; init => field = Positive(value); } = 64;

    /// <summary>Checks to leave out.</summary>
    public IReadOnlyCollection<CheckKind> Without
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Without));
    }
    = [];

    internal bool Includes(CheckKind kind) => !Without.Contains(kind) && (Order >= 2 || kind != CheckKind.SecondOrder);

    private static double NotNegative(double value, [CallerMemberName] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Refused(value, "it must be a finite number, 0 or more", name);

    private static double Positive(double value, [CallerMemberName] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Refused(value, "it must be a finite number above 0", name);

    private static ArgumentOutOfRangeException Refused(object value, string right, [CallerMemberName] string name = "") =>
        new(name, value, FormattableString.Invariant($"{name} is {value}; {right}."));
}
