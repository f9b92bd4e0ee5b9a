using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Genetic;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Search.Methods;

/// <summary>Formulas, bred or merely drawn.</summary>
internal sealed class FormulaMethod(GeneticSettings settings, RandomSource random, bool breeds, bool learns) : SearchMethod
{
    private IReadOnlyList<Expression> generation = [];
    private IReadOnlyList<double> fitness = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Candidate> Propose()
    {
        generation = breeds && generation.Count > 0
            ? GeneticOperators.NextGeneration(generation, fitness, settings, random)
            : [.. Enumerable.Range(0, settings.Population).Select(_ => GeneticOperators.First(settings, random))];

        // A formula is judged in its canonical order, so that two that differ in the order of operands only have the same weights and fitness.
        return [.. generation.Select(formula => formula.Canonical()).Select(formula => new Candidate(formula.ToString(), new SymbolicLoss(formula), learns, FromOnes: true))];
    }

    /// <inheritdoc/>
    public override void Observe(IReadOnlyList<double> fitness) => this.fitness = fitness;
}
