namespace AutoDiffLsr.Losses;

/// <summary>Which formula <see cref="SparseLabelSmoothing"/> computes.</summary>
public enum SparseLsrForm
{
    /// <summary>The paper's equation 9, exactly, for every finite logit.</summary>
    Equation,

    /// <summary>
    /// The published snippet, faithfully: the sign of its second term is reversed and 1 - p is clamped at 1e-7, in the tape's own precision. A negative
    /// control for experiments: it rewards over-confidence instead of limiting it. See docs/losses.md.
    /// </summary>
    AsPublished,
}
