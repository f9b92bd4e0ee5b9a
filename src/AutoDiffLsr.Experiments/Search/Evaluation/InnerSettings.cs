namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>How nets are trained while a loss is judged, and how its weights are found. The defaults are EvoMAL's for tables, with smaller nets.</summary>
public sealed record InnerSettings
{
    /// <summary>The widths of the hidden layers, each followed by a ReLU.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>The learning rate of gradient descent.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The share of a step that goes on in the next, in [0, 1); with Nesterov's correction unless it is 0.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>What of a weight is added to its gradient.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Rows in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Steps of the training that a loss is judged by.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Steps of local search; 0 leaves the weights at their start.</summary>
    public int MetaSteps { get; init; } = 250;

    /// <summary>The learning rate of local search (Adam).</summary>
    public double MetaLearningRate { get; init; } = 1e-3;

    /// <summary>Through how many steps of training local search differentiates.</summary>
    public int InnerSteps { get; init; } = 1;

    /// <summary>Which losses are not worth training a net with.</summary>
    public Rejection Rejection { get; init; } = Rejection.NoImprovement;

    /// <summary>
    /// Whether a loss whose gradients have the same norms as those of a loss before it, in every sample, gets the fitness of that one: EvoMAL's first code.
    /// </summary>
    public bool GradientEquivalence { get; init; }

    /// <summary>All that a result depends on, in a line.</summary>
    public string Text() => FormattableString.Invariant(
        $"hidden {string.Join('-', Hidden)}; rate {LearningRate:R}; momentum {Momentum:R}; decay {WeightDecay:R}; batch {BatchSize}; steps {Steps}; meta {MetaSteps} x {MetaLearningRate:R}; inner {InnerSteps}; rejection {Rejection}; equivalence {GradientEquivalence}");
}
