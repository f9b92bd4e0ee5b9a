using System.CommandLine;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Experiments.Search;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Genetic;
using AutoDiffLsr.Experiments.Search.Methods;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>How a loss is searched for.</summary>
internal sealed class SearchOptions : IOptionGroup
{
    private static readonly GeneticSettings Genetic = new();
    private static readonly InnerSettings Inner = new();

    private readonly ChoiceOption<SearchMethodKind> method = new(
        "--method",
        "Formulas that are bred with weights that are learned (evomal) or 1 (gp-lfl), random formulas (random), a small net as the loss (ml3), or a polynomial (taylorglo).",
        "evomal",
        ("evomal", SearchMethodKind.EvoMal),
        ("gp-lfl", SearchMethodKind.GeneticOnly),
        ("ml3", SearchMethodKind.LossNet),
        ("taylorglo", SearchMethodKind.Taylor),
        ("random", SearchMethodKind.Random));

    private readonly Option<int?> population = NumberOption.OptionalWhole("--population", $"Losses in a generation (default: {Genetic.Population}).", Interval.Closed(2, 10_000));

    private readonly Option<int?> generations = NumberOption.OptionalWhole("--generations", $"Generations (default: {Genetic.Generations}).", Interval.Closed(1, 100_000));

    private readonly Option<double> crossover = NumberOption.Real(
        "--crossover", "The probability that a formula is crossed with another one.", Interval.Closed(0, 1), Genetic.Crossover);

    private readonly Option<double> mutation = NumberOption.Real(
        "--mutation", "The probability that a part of a formula is drawn anew; with --crossover at most 1.", Interval.Closed(0, 1), Genetic.Mutation);

    private readonly Option<int?> tournament = NumberOption.OptionalWhole(
        "--tournament", $"Of how many losses the best becomes a parent (default: {Genetic.Tournament}).", Interval.Closed(1, 10_000));

    private readonly Option<int?> height = NumberOption.OptionalWhole(
        "--max-height", $"The height that no formula exceeds (default: {Genetic.MaximumHeight}).", Interval.Closed(Genetic.HighestStart + 1, 50));

    private readonly Option<int?> steps = NumberOption.OptionalWhole(
        "--steps", $"Steps of the training that a loss is judged by (default: {Inner.Steps}).", Interval.Closed(1, 1_000_000));

    private readonly Option<int?> metaSteps = NumberOption.OptionalWhole(
        "--meta-steps", $"Steps in which the weights of a loss are learned (default: {Inner.MetaSteps}).", Interval.Closed(0, 1_000_000));

    private readonly Option<double> metaRate = NumberOption.Real(
        "--meta-learning-rate", "How far such a step goes (Adam).", Interval.Positive, Inner.MetaLearningRate);

    private readonly Option<int?> innerSteps = NumberOption.OptionalWhole(
        "--inner-steps", $"Through how many steps of training such a step differentiates (default: {Inner.InnerSteps}).", Interval.Closed(1, 100));

    private readonly ChoiceOption<Rejection> rejection = new(
        "--rejection",
        "Which losses are rejected untrained: those that do not make free outputs better, or not by more than 0.6 (EvoMAL's code of 2023 and of 2022), or none.",
        "improvement",
        ("improvement", Rejection.NoImprovement),
        ("threshold", Rejection.SmallImprovement),
        ("none", Rejection.Never));

    private readonly Option<bool> equivalence = new("--gradient-equivalence")
    {
        Description = "Give a loss whose gradients have the norms of one before it the fitness of that one (EvoMAL's code of 2022).",
    };

    private readonly Option<int[]> hidden = ModelOptions.Hidden("The widths of the hidden layers of the nets that losses are judged by, or none for linear models.", [.. Inner.Hidden]);

    private readonly Option<double> rate = NumberOption.Real("--learning-rate", "How far a step of training goes.", Interval.Positive, Inner.LearningRate);

    private readonly Option<double> momentum = NumberOption.Real(
        "--momentum", "The share of the last step that goes on, with Nesterov's correction.", Interval.FromUpTo(0, 1), Inner.Momentum);

    private readonly Option<double> decay = NumberOption.Real("--weight-decay", "What pulls the weights to 0.", Interval.NotNegative, Inner.WeightDecay);

    private readonly Option<int?> batch = NumberOption.OptionalWhole("--batch-size", $"Rows in a batch (default: {Inner.BatchSize}).", Interval.Closed(1, int.MaxValue));

    private readonly Option<long> seed = NumberOption.Seed("--seed", "All that is random is a function of this number.", 1);

    /// <inheritdoc/>
    public string Title => "Search";

    /// <inheritdoc/>
    public IEnumerable<Option> Options =>
    [
        method, population, generations, crossover, mutation, tournament, height, steps, metaSteps, metaRate, innerSteps, rejection, equivalence,
        hidden, rate, momentum, decay, batch, seed,
    ];

    /// <summary>What the arguments ask for.</summary>
    /// <exception cref="UsageException">Two settings do not fit.</exception>
    public SearchSettings Read(ParseResult result)
    {
        SearchSettings settings = new()
        {
            Method = method.Read(result),
            Genetic = new GeneticSettings
            {
                Population = result.GetValue(population) ?? Genetic.Population,
                Generations = result.GetValue(generations) ?? Genetic.Generations,
                Crossover = result.GetRequiredValue(crossover),
                Mutation = result.GetRequiredValue(mutation),
                Tournament = result.GetValue(tournament) ?? Math.Min(Genetic.Tournament, result.GetValue(population) ?? Genetic.Population),
                MaximumHeight = result.GetValue(height) ?? Genetic.MaximumHeight,
            },
            Inner = ReadInner(result),
            Seed = result.GetRequiredValue(seed),
        };
        try
        {
            settings.Genetic.Check();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message, error);
        }

        return settings;
    }

    /// <summary>What the method is called on the command line.</summary>
    public string MethodName(ParseResult result) => result.GetRequiredValue(method);

    private InnerSettings ReadInner(ParseResult result) => new()
    {
        Hidden = result.GetRequiredValue(hidden),
        LearningRate = result.GetRequiredValue(rate),
        Momentum = result.GetRequiredValue(momentum),
        WeightDecay = result.GetRequiredValue(decay),
        BatchSize = result.GetValue(batch) ?? Inner.BatchSize,
        Steps = result.GetValue(steps) ?? Inner.Steps,
        MetaSteps = result.GetValue(metaSteps) ?? Inner.MetaSteps,
        MetaLearningRate = result.GetRequiredValue(metaRate),
        InnerSteps = result.GetValue(innerSteps) ?? Inner.InnerSteps,
        Rejection = rejection.Read(result),
        GradientEquivalence = result.GetValue(equivalence),
    };
}
