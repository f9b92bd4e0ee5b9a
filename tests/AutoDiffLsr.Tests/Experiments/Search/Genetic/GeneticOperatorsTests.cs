using AutoDiffLsr.Experiments.Search.Genetic;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Numerics;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Search.Genetic;

public sealed class GeneticOperatorsTests
{
    private static readonly GeneticSettings Settings = new() { MaximumHeight = 5 };

    [Property(MaxTest = 300)]
    public void Random_formulas_keep_their_heights(long seed)
    {
        RandomSource random = new(seed);
        Expression any = GeneticOperators.HalfAndHalf(2, 4, random);
        Assert.InRange(any.Height, 2, 4);
        Assert.InRange(GeneticOperators.HalfAndHalf(0, 2, random).Height, 0, 2);
        Expression first = GeneticOperators.First(Settings, random);
        Assert.InRange(first.Height, 2, 5);
        Assert.True(first is { UsesTarget: true, UsesOutput: true });
    }

    [Property(MaxTest = 300)]
    public void Children_are_closed_under_every_operator_and_parents_stay(long seed)
    {
        RandomSource random = new(seed);
        Expression[] parents = [.. Enumerable.Range(0, 5).Select(_ => GeneticOperators.First(Settings, random))];
        string[] before = [.. parents.Select(parent => parent.ToString())];
        for (int generation = 0; generation < 5; generation++)
        {
            Expression child = GeneticOperators.Child(parents[generation], parents, Settings, random);
            Assert.True(child is { UsesTarget: true, UsesOutput: true }, child.ToString());
            Assert.InRange(child.Height, 0, Settings.MaximumHeight);
            Assert.All(child.Nodes(), node => Assert.Equal(node.Symbol.Arity(), node.Operands.Length));
            Assert.All(child.Nodes(), node => Assert.Equal(1, node.Weight));
        }

        Assert.Equal(before, parents.Select(parent => parent.ToString()));
    }

    [Property(MaxTest = 200)]
    public void A_crossed_child_has_the_parents_top_and_only_parts_of_both(long seed)
    {
        RandomSource random = new(seed);
        Expression parent = GeneticOperators.HalfAndHalf(2, 4, random), other = GeneticOperators.HalfAndHalf(2, 4, random);
        Expression child = GeneticOperators.Crossed(parent, other, random);
        Assert.Equal(parent.Symbol, child.Symbol);
        HashSet<string> parts = [.. other.Nodes().Skip(1).Select(node => node.ToString())];
        Assert.Contains(
            Enumerable.Range(1, parent.NodeCount - 1), place => parts.Any(part => parent.Replace(place, Expression.Parse(part)).Equals(child)));
        Assert.Same(Expression.Target, GeneticOperators.Crossed(Expression.Target, other, random));
    }

    [Property(MaxTest = 200)]
    public void A_mutated_child_differs_from_its_parent_in_one_part_only(long seed)
    {
        RandomSource random = new(seed);
        Expression parent = GeneticOperators.HalfAndHalf(2, 4, random), child = GeneticOperators.Mutated(parent, random);
        Assert.Contains(
            Enumerable.Range(0, parent.NodeCount),
            place => child.NodeCount > place && child.Nodes().ElementAt(place) is { Height: <= 2 } part && parent.Replace(place, part).Equals(child));
    }

    [Fact]
    public void A_missing_argument_is_joined_at_a_leaf()
    {
        RandomSource random = new(3);
        HashSet<string> seen = [.. Enumerable.Range(0, 200).Select(_ => GeneticOperators.WithBothArguments(Expression.Parse("abs(y)"), random).ToString())];
        Assert.Equal(8, seen.Count);
        Assert.Contains("abs(div(f, y))", seen);
        Expression both = Expression.Parse("y - f");
        Assert.Same(both, GeneticOperators.WithBothArguments(both, random));
    }

    [Fact]
    public void Every_symbol_and_height_is_drawn()
    {
        RandomSource random = new(5);
        Expression[] drawn = [.. Enumerable.Range(0, 3000).Select(_ => GeneticOperators.HalfAndHalf(2, 4, random))];
        Assert.Equal([2, 3, 4], drawn.Select(tree => tree.Height).Distinct().Order());
        Assert.Equal(Enum.GetValues<Symbol>(), drawn.SelectMany(tree => tree.Nodes()).Select(node => node.Symbol).Distinct().Order());

        // Half of the trees are full: with branches that end early alone, fewer would have all leaves at one depth.
        Assert.InRange(drawn.Count(tree => IsFull(tree, tree.Height)) / 3000.0, 0.5, 0.85);

        static bool IsFull(Expression tree, int height) => tree.Operands.IsEmpty ? height == 0 : tree.Operands.All(operand => IsFull(operand, height - 1));
    }

    [Fact]
    public void The_fitter_wins_the_tournament_as_often_as_it_is_drawn()
    {
        RandomSource random = new(7);
        double[] fitness = [3, 1, 2, double.PositiveInfinity];
        int[] wins = new int[4];
        for (int i = 0; i < 20_000; i++)
            wins[GeneticOperators.Winner(fitness, 4, random)]++;
        Assert.Equal(1 - Math.Pow(0.75, 4), wins[1] / 20_000.0, 0.02);
        Assert.Equal(Math.Pow(0.25, 4), wins[3] / 20_000.0, 0.01);
    }

    [Fact]
    public void Probabilities_of_crossover_mutation_and_copy_are_as_set()
    {
        RandomSource random = new(9);
        Expression parent = Expression.Parse("y - f");
        GeneticSettings copies = new() { Crossover = 0, Mutation = 0 };
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Same(parent, GeneticOperators.Child(parent, [parent], copies, random)));
        GeneticSettings mutants = new() { Crossover = 0, Mutation = 1 };
        Assert.Contains(Enumerable.Range(0, 50), _ => GeneticOperators.Child(parent, [parent], mutants, random).Height > 1);
    }

    [Property(MaxTest = 20)]
    public void The_same_seed_breeds_the_same_generation(long seed)
    {
        string Breed()
        {
            RandomSource random = new(seed);
            IReadOnlyList<Expression> generation = [.. Enumerable.Range(0, 6).Select(_ => GeneticOperators.First(Settings, random))];
            for (int i = 0; i < 3; i++)
                generation = GeneticOperators.NextGeneration(generation, [.. generation.Select(tree => (double)tree.NodeCount)], Settings, random);
            return string.Join('\n', generation);
        }

        Assert.Equal(Breed(), Breed());
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        static string Problem(GeneticSettings settings) => Assert.Throws<ArgumentException>(settings.Check).Message;
        new GeneticSettings().Check();
        Assert.Contains("Population is 1", Problem(new() { Population = 1 }), StringComparison.Ordinal);
        Assert.Contains("Crossover is 1.5", Problem(new() { Crossover = 1.5 }), StringComparison.Ordinal);
        Assert.Contains("Mutation is NaN", Problem(new() { Mutation = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("together they must not exceed 1", Problem(new() { Crossover = 0.8, Mutation = 0.3 }), StringComparison.Ordinal);
        Assert.Contains("Tournament is 30", Problem(new() { Tournament = 30 }), StringComparison.Ordinal);
        Assert.Contains("heights", Problem(new() { MaximumHeight = 3 }), StringComparison.Ordinal);
    }
}
