namespace AutoDiffLsr.Experiments.Search.Genetic;

/// <summary>How formulas are bred. The defaults are those of EvoMAL.</summary>
public sealed record GeneticSettings
{
    /// <summary>How many formulas a generation has, at least 2.</summary>
    public int Population { get; init; } = 25;

    /// <summary>How many generations there are, the first, random one included.</summary>
    public int Generations { get; init; } = 50;

    /// <summary>The probability that a parent is crossed with another one.</summary>
    public double Crossover { get; init; } = 0.7;

    /// <summary>The probability that a part of a parent is replaced by a random one; what is left to 1 is the probability of a copy.</summary>
    public double Mutation { get; init; } = 0.25;

    /// <summary>How many formulas a tournament has: the best of them becomes a parent.</summary>
    public int Tournament { get; init; } = 4;

    /// <summary>The height that no formula exceeds.</summary>
    public int MaximumHeight { get; init; } = 10;

    /// <summary>The lowest height that a formula of the first generation is drawn with.</summary>
    public int LowestStart { get; init; } = 2;

    /// <summary>The largest height that a formula of the first generation is drawn with; a missing argument may add 1.</summary>
    public int HighestStart { get; init; } = 4;

    /// <summary>Throws what is wrong with the settings.</summary>
    /// <exception cref="ArgumentException">A number is outside its range, or two do not fit.</exception>
    public void Check()
    {
        if (Population < 2)
            throw new ArgumentException($"Population is {Population}; a search needs at least 2 formulas to breed.");
        if (Generations < 1)
            throw new ArgumentException($"Generations is {Generations}; it must be at least 1.");
        CheckProbability(Crossover, nameof(Crossover));
        CheckProbability(Mutation, nameof(Mutation));
        if (Crossover + Mutation > 1 + 1e-12)
            throw new ArgumentException(FormattableString.Invariant($"Crossover is {Crossover} and Mutation {Mutation}: together they must not exceed 1."));
        if (Tournament < 1 || Tournament > Population)
            throw new ArgumentException($"Tournament is {Tournament}; it must be in 1..{Population}, the population.");
        if (LowestStart < 0 || HighestStart < LowestStart || MaximumHeight <= HighestStart)
            throw new ArgumentException($"The heights {LowestStart}..{HighestStart} at the start and {MaximumHeight} at most must grow in this order.");
    }

    private static void CheckProbability(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; a probability is in [0, 1]."));
    }
}
