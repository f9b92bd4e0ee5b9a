using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Genetic;
using AutoDiffLsr.Experiments.Search.Methods;

namespace AutoDiffLsr.Experiments.Search;

/// <summary>How a loss is searched for.</summary>
public sealed record SearchSettings
{
    /// <summary>The method.</summary>
    public SearchMethodKind Method { get; init; } = SearchMethodKind.EvoMal;

    /// <summary>Population and generations, for every method; how formulas are bred, for those that breed.</summary>
    public GeneticSettings Genetic { get; init; } = new();

    /// <summary>How losses are judged.</summary>
    public InnerSettings Inner { get; init; } = new();

    /// <summary>All that is drawn is a function of this number.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>All that the search depends on but the data, in a line.</summary>
    public string Text() => FormattableString.Invariant(
        $"method {Method}; seed {Seed}; population {Genetic.Population}; generations {Genetic.Generations}; crossover {Genetic.Crossover:R}; mutation {Genetic.Mutation:R}; tournament {Genetic.Tournament}; heights {Genetic.LowestStart}-{Genetic.HighestStart}-{Genetic.MaximumHeight}; {Inner.Text()}");
}
