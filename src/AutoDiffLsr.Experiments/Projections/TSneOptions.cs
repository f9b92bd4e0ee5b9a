namespace AutoDiffLsr.Experiments.Projections;

/// <summary>How <see cref="TSne"/> looks for its picture.</summary>
/// <remarks>
/// The schedule is van der Maaten and Hinton's ("Visualizing Data using t-SNE", JMLR 9, 2008, section 3.4), with the early exaggeration of 12 over 250
/// iterations that later implementations settled on, and the step of Belkina et al. (Nature Communications 10, 5415, 2019).
/// </remarks>
public sealed record TSneOptions
{
    /// <summary>The effective number of neighbours that each point looks at: above 1, and below the number of points. 30 by default.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>How many steps are taken, at least 1; 1000 by default.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>The factor of the attraction during the first steps, so that clusters can pass each other; at least 1, 12 by default.</summary>
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>How many steps are exaggerated, and taken with momentum 0.5 instead of 0.8; 250 by default.</summary>
    public int ExaggeratedIterations { get; init; } = 250;

    /// <summary>The step, above 0; null for max(N / exaggeration / 4, 50).</summary>
    public double? LearningRate { get; init; }

    /// <summary>The start is drawn from this number: the same seed gives the same picture, at any number of threads.</summary>
    public long Seed { get; init; }
}
