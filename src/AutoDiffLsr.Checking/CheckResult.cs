namespace AutoDiffLsr.Checking;

/// <summary>How one check of a gradient ended.</summary>
/// <param name="Kind">What was looked at.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Ratio">The largest difference found, in units of its tolerance: above 1 is wrong.</param>
/// <param name="Detail">What is wrong, with both values; empty when nothing is.</param>
public sealed record CheckResult(CheckKind Kind, CheckOutcome Outcome, double Ratio, string Detail)
{
    /// <summary>Whether the point was on a kink, so that one-sided slopes were compared.</summary>
    public bool MetKink { get; init; }

    /// <summary>Whether the function has no finite value at the point, so that there is no gradient to be right or wrong.</summary>
    internal bool IsOutsideDomain { get; init; }

    internal static CheckResult Pass(CheckKind kind, double ratio = 0) => new(kind, CheckOutcome.Passed, ratio, "");

    internal static CheckResult Fail(CheckKind kind, double ratio, string detail) => new(kind, CheckOutcome.Failed, ratio, detail);

    internal static CheckResult Uncertain(CheckKind kind, string detail) => new(kind, CheckOutcome.Inconclusive, 0, detail);
}
