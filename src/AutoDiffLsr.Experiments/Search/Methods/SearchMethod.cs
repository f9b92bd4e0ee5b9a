using AutoDiffLsr.Experiments.Search.Evaluation;

namespace AutoDiffLsr.Experiments.Search.Methods;

/// <summary>Proposes losses, generation by generation, and receives their fitness. A function of its seed and of the fitness values.</summary>
internal abstract class SearchMethod
{
    /// <summary>The next generation.</summary>
    public abstract IReadOnlyList<Candidate> Propose();

    /// <summary>Tells the fitness of the last generation, in its order; lower is better, infinite for what is of no use.</summary>
    public virtual void Observe(IReadOnlyList<double> fitness)
    {
    }
}
