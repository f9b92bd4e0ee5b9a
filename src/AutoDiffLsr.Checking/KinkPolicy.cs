namespace AutoDiffLsr.Checking;

/// <summary>What to do at a point on a kink.</summary>
public enum KinkPolicy
{
    /// <summary>
    /// For each output, the analytic slope must lie between the two one-sided ones. Right for an operation; a composition of several kinks can break it
    /// with every operation right, as relu(x) - relu(-x) at 0 does (0 by the rules, 1 on both sides).
    /// </summary>
    Subgradient,

    /// <summary>Report the kink and compare nothing: for compositions.</summary>
    Skip,
}
