using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Search.Genetic;

/// <summary>
/// Genetic programming (Koza 1992) as EvoMAL uses it: each operator is a function of formulas and random numbers, and leaves what it is given as it is.
/// Weights are 1: they are found afterwards, for each formula anew.
/// </summary>
public static class GeneticOperators
{
    private static readonly Expression[] Terminals = [Expression.Target, Expression.Output, Expression.Number(1), Expression.Number(-1)];

    private static readonly Symbol[] Joiners = [Symbol.Add, Symbol.Subtract, Symbol.Multiply, Symbol.Divide];

    /// <summary>The share of terminals among all symbols: how often a branch ends early.</summary>
    private static readonly double TerminalShare = Terminals.Length / (double)(Terminals.Length + Symbols.Primitives.Count);

    /// <summary>A random formula: of a random height, and by a coin either with every leaf at that depth or with branches that may end earlier.</summary>
    /// <param name="lowest">The lowest height, and the depth down to which no branch ends.</param>
    /// <param name="highest">The largest height.</param>
    /// <param name="random">Where it is drawn from.</param>
    /// <returns>The formula.</returns>
    public static Expression HalfAndHalf(int lowest, int highest, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(lowest);
        ArgumentOutOfRangeException.ThrowIfLessThan(highest, lowest);
        bool isFull = random.NextInt(2) == 0;
        int height = lowest + random.NextInt(highest - lowest + 1);
        return Grown(height, isFull ? height : lowest, random);
    }

    /// <summary>A random formula of the first generation, with both arguments.</summary>
    /// <param name="settings">The heights.</param>
    /// <param name="random">Where it is drawn from.</param>
    /// <returns>The formula.</returns>
    public static Expression First(GeneticSettings settings, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return WithBothArguments(HalfAndHalf(settings.LowestStart, settings.HighestStart, random), random);
    }

    /// <summary>One-point crossover: a random part of <paramref name="parent"/> below its top is replaced by a random part of <paramref name="other"/>.</summary>
    /// <param name="parent">Whose top the child has.</param>
    /// <param name="other">Whose part it takes.</param>
    /// <param name="random">Where both places are drawn from.</param>
    /// <returns>The child; the parent itself where one of them is a single node.</returns>
    public static Expression Crossed(Expression parent, Expression other, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(random);
        if (parent.NodeCount < 2 || other.NodeCount < 2)
            return parent;
        int place = 1 + random.NextInt(parent.NodeCount - 1);
        return parent.Replace(place, other.Nodes().ElementAt(1 + random.NextInt(other.NodeCount - 1)));
    }

    /// <summary>Uniform mutation: a random part, which may be the whole, is replaced by a random formula of height 0 to 2.</summary>
    /// <param name="parent">What is changed.</param>
    /// <param name="random">Where place and replacement are drawn from.</param>
    /// <returns>The child.</returns>
    public static Expression Mutated(Expression parent, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(random);
        int place = random.NextInt(parent.NodeCount);
        return parent.Replace(place, HalfAndHalf(0, 2, random));
    }

    /// <summary>A formula with both y and f: where one is missing, a random leaf is replaced by +, -, * or div of both, in a random order.</summary>
    /// <param name="expression">Any formula.</param>
    /// <param name="random">Where leaf, primitive and order are drawn from.</param>
    /// <returns>The formula itself where both are there; else one that is at most 1 higher.</returns>
    public static Expression WithBothArguments(Expression expression, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(random);
        if (expression.UsesTarget && expression.UsesOutput)
            return expression;
        int[] leaves = [.. expression.Nodes().Index().Where(node => node.Item.Operands.IsEmpty).Select(node => node.Index)];
        int place = leaves[random.NextInt(leaves.Length)];
        Symbol joiner = Joiners[random.NextInt(Joiners.Length)];
        return expression.Replace(place, random.NextInt(2) == 0
            ? Expression.Apply(joiner, Expression.Target, Expression.Output)
            : Expression.Apply(joiner, Expression.Output, Expression.Target));
    }

    /// <summary>One child of a parent by crossover, mutation or copy, with both arguments and not too high: such a child is the parent again.</summary>
    /// <param name="parent">A formula with both arguments.</param>
    /// <param name="mates">Those that it may be crossed with.</param>
    /// <param name="settings">The probabilities and the height.</param>
    /// <param name="random">Where all is drawn from.</param>
    /// <returns>The child.</returns>
    public static Expression Child(Expression parent, IReadOnlyList<Expression> mates, GeneticSettings settings, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(mates);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(random);
        double draw = random.NextDouble();
        Expression child = draw < settings.Crossover ? Crossed(parent, mates[random.NextInt(mates.Count)], random)
            : draw < settings.Crossover + settings.Mutation ? Mutated(parent, random)
            : parent;
        child = WithBothArguments(child, random);
        return child.Height <= settings.MaximumHeight ? child : parent;
    }

    /// <summary>The winner of a tournament: the fittest of some that are drawn, each from all.</summary>
    /// <param name="fitness">Of each; lower is better.</param>
    /// <param name="size">How many are drawn.</param>
    /// <param name="random">Where they are drawn from.</param>
    /// <returns>The winner's place; the first drawn of equals.</returns>
    public static int Winner(IReadOnlyList<double> fitness, int size, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(fitness);
        ArgumentNullException.ThrowIfNull(random);
        int winner = random.NextInt(fitness.Count);
        for (int i = 1; i < size; i++)
        {
            int other = random.NextInt(fitness.Count);
            if (fitness[other] < fitness[winner])
                winner = other;
        }

        return winner;
    }

    /// <summary>The next generation, of the same size.</summary>
    /// <param name="generation">This one.</param>
    /// <param name="fitness">Of each; lower is better.</param>
    /// <param name="settings">How to breed.</param>
    /// <param name="random">Where all is drawn from.</param>
    /// <returns>The children.</returns>
    public static IReadOnlyList<Expression> NextGeneration(
        IReadOnlyList<Expression> generation, IReadOnlyList<double> fitness, GeneticSettings settings, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(generation);
        ArgumentNullException.ThrowIfNull(settings);
        Expression[] parents = new Expression[generation.Count];
        for (int i = 0; i < parents.Length; i++)
            parents[i] = generation[Winner(fitness, settings.Tournament, random)];
        return Array.ConvertAll(parents, parent => Child(parent, parents, settings, random));
    }

    /// <summary>A branch of at most this height, which may end once <paramref name="inner"/> more levels are filled.</summary>
    private static Expression Grown(int height, int inner, RandomSource random)
    {
        if (height == 0 || (inner <= 0 && random.NextDouble() < TerminalShare))
            return Terminals[random.NextInt(Terminals.Length)];
        Symbol primitive = Symbols.Primitives[random.NextInt(Symbols.Primitives.Count)];
        Expression first = Grown(height - 1, inner - 1, random);
        return primitive.Arity() == 1 ? Expression.Apply(primitive, first) : Expression.Apply(primitive, first, Grown(height - 1, inner - 1, random));
    }
}
