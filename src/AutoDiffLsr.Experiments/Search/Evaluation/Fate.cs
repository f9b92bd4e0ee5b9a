namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>What became of a candidate.</summary>
public enum Fate
{
    /// <summary>A net was trained with it, and its validation metric is the candidate's fitness.</summary>
    Trained,

    /// <summary>The same formula, up to the order of operands, was judged before; its fitness is that of then.</summary>
    Archived,

    /// <summary>It has no gradient, or its weights or a net trained with it did not stay finite.</summary>
    Unsuitable,

    /// <summary>The rejection test found it not worth a training.</summary>
    Rejected,

    /// <summary>Its gradients are those of a candidate before it, whose fitness it gets.</summary>
    Equivalent,
}
