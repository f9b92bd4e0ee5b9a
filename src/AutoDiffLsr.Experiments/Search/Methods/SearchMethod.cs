using AutoDiffLsr.Experiments.Search.Evaluation;

namespace AutoDiffLsr.Experiments.Search.Methods;

/// <summary>Proposes losses, generation by generation, and is told how good they were. A function of its seed and of what it is told.</summary>
internal abstract class SearchMethod
{
    /// <summary>The next generation.</summary>
    public abstract IReadOnlyList<Candidate> Propose();

    /// <summary>Tells the fitness of the last generation, in its order; lower is better, infinite for what is of no use.</summary>
    public virtual void Observe(IReadOnlyList<double> fitness)
    {
    }
}
