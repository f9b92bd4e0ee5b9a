namespace AutoDiffLsr.Checking;

/// <summary>How one check ended.</summary>
public enum CheckOutcome
{
    /// <summary>Right within the tolerance.</summary>
    Passed,

    /// <summary>The point is on a kink, where this check says nothing: there is no derivative to compare with.</summary>
    Kink,

    /// <summary>The numerical derivative is not accurate enough to tell right from wrong: neither passed nor failed.</summary>
    Inconclusive,

    /// <summary>Wrong.</summary>
    Failed,
}
