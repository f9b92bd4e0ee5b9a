namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>
/// Which losses are rejected before a net is trained with them: the outputs of an untrained net are themselves moved to where the loss is low, and the
/// metric must become better by it.
/// </summary>
public enum Rejection
{
    /// <summary>None is rejected.</summary>
    Never,

    /// <summary>EvoMAL's code of 2023: 1,000 steps of Adam at 0.01; rejected unless the metric improves.</summary>
    NoImprovement,

    /// <summary>EvoMAL's code of 2022: 1,000 steps of the net's own gradient descent; rejected unless the metric improves by more than 0.6.</summary>
    SmallImprovement,
}
