using AutoDiffLsr.Experiments.Search.Evaluation;

namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>A cell of a search: weights are found for a loss, or a net is trained with it.</summary>
/// <param name="Purpose">What is drawn at random is a function of the search's seed and of this text.</param>
internal sealed record SearchWork(string Purpose)
{
    /// <summary>A learned loss, as its file has it; null for a fixed one.</summary>
    public string? Loss { get; init; }

    /// <summary>A loss that needs no search; null for a learned one.</summary>
    public FixedLoss? Fixed { get; init; }

    /// <summary>Whether weights are found, rather than a net trained.</summary>
    public bool Prepares { get; init; }

    /// <summary>Whether local search changes the weights.</summary>
    public bool Learns { get; init; }

    /// <summary>Whether the weights start near 1, and not as they are.</summary>
    public bool FromOnes { get; init; }

    /// <summary>The learning rate of the training.</summary>
    public double LearningRate { get; init; }

    /// <summary>Whether the net is judged by the test part.</summary>
    public bool OnTest { get; init; }
}
