using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Experiments.Search;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Final;
using AutoDiffLsr.Experiments.Search.Genetic;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Methods;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Search;

public sealed class LossSearchTests
{
    private static readonly SearchSettings Settings = new() { Genetic = new GeneticSettings { Population = 8, Generations = 4 }, Inner = Generated.Quick };

    [Theory]
    [InlineData(SearchMethodKind.EvoMal)]
    [InlineData(SearchMethodKind.GeneticOnly)]
    [InlineData(SearchMethodKind.LossNet)]
    [InlineData(SearchMethodKind.Taylor)]
    [InlineData(SearchMethodKind.Random)]
    public void Every_method_gives_the_same_bits_with_any_number_of_threads(SearchMethodKind method)
    {
        SearchSettings settings = Settings with { Method = method, Genetic = Settings.Genetic with { Population = 4, Generations = 3 } };
        if (method == SearchMethodKind.LossNet)
            settings = settings with { Inner = settings.Inner with { Rejection = Rejection.Never } };
        string[] one = Transcript(settings, new CellStore(), threads: 1), three = Transcript(settings, new CellStore(), threads: 3);
        Assert.Equal(12, one.Length);
        Assert.Equal(one, three);
        Assert.NotEqual(one, Transcript(settings with { Seed = 2 }, new CellStore(), threads: 3));
    }

    [Fact]
    public void A_search_that_was_stopped_goes_on_to_the_same_bits()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "cells.jsonl");
        string[] whole = Transcript(Settings, new CellStore(), threads: 2);
        using (CellStore store = CellStore.Open(file))
        {
            using CancellationTokenSource source = new();
            LossSearch search = new(Generated.Numbers(100), Settings, new CellRunner(store, 2));
            Assert.ThrowsAny<OperationCanceledException>(() => search.Run(generation => source.Cancel(), source.Token));
            Assert.Equal(8, search.Candidates.Count);
        }

        // A kill in the middle of writing leaves a part of a line.
        File.AppendAllText(file, "{\"cell\":\"prepare 12");
        using (CellStore store = CellStore.Open(file))
        {
            int kept = store.Count;
            CellRunner runner = new(store, 2);
            LossSearch search = new(Generated.Numbers(100), Settings, runner);
            search.Run(null, default);
            Assert.Equal(whole, search.Candidates.Select(Line));
            Assert.Equal(store.Count - kept, runner.Computed);
        }

        using (CellStore store = CellStore.Open(file))
        {
            CellRunner runner = new(store, 2);
            new LossSearch(Generated.Numbers(100), Settings, runner).Run(null, default);
            Assert.Equal(0, runner.Computed);
        }
    }

    [Fact]
    public void The_test_part_makes_no_difference_to_a_search()
    {
        Samples<float> rows = Generated.NumberRows(100);
        SearchData data = SearchData.Split("numbers", rows, 1);
        string[] before = Transcript(Settings, new CellStore(), 2);
        data = Generated.Numbers(100);
        data.Test.Features.Clear();
        data.Test.Targets!.Clear();
        LossSearch search = new(data, Settings, new CellRunner(new CellStore(), 2));
        search.Run(null, default);
        Assert.Equal(before, search.Candidates.Select(Line));
    }

    [Fact]
    public void Every_candidate_has_a_fate_and_the_best_is_the_first_of_the_lowest()
    {
        SearchSettings settings = Settings with { Genetic = new GeneticSettings { Population = 10, Generations = 8, Crossover = 0.2, Mutation = 0.1 } };
        LossSearch search = new(Generated.Classes(90), settings, new CellRunner(new CellStore(), 2));
        List<GenerationRecord> generations = [];
        search.Run(generations.Add, default);
        Assert.Equal(8, generations.Count);
        Assert.Equal(80, generations[^1].Counts.Total);
        Assert.True(generations[^1].Counts is { Trained: > 0, Archived: > 0, Rejected: > 0 }, generations[^1].Counts.ToString());
        CandidateRecord[] trained = [.. search.Candidates.Where(candidate => candidate.Fate == Fate.Trained)];
        Assert.Same(trained.MinBy(candidate => candidate.Fitness), search.Best);
        Assert.All(search.Candidates, candidate => Assert.Equal(candidate.Fate is Fate.Trained, candidate.Fate != Fate.Archived && double.IsFinite(candidate.Fitness)));
        Assert.All(
            search.Candidates.Where(candidate => candidate.Fate == Fate.Archived),
            candidate => Assert.Contains(search.Candidates, other => other.Fate != Fate.Archived && other.Key == candidate.Key && other.Fitness.Equals(candidate.Fitness)));
        Assert.Equal((settings.Inner.Steps * generations[^1].Counts.Trained) + (30L * Distinct()), search.Steps);

        // Three gradients' worth for each of the ten steps of local search of every formula that is new.
        int Distinct() => search.Candidates.Select(candidate => candidate.Key).Distinct().Count();
    }

    [Fact]
    public void The_filters_are_what_they_are_set_to()
    {
        SearchSettings settings = Settings with { Method = SearchMethodKind.GeneticOnly };
        FateCounts Counts(Rejection rejection, bool equivalence)
        {
            LossSearch search = new(Generated.Classes(90), settings with { Inner = settings.Inner with { Rejection = rejection, GradientEquivalence = equivalence } }, new CellRunner(new CellStore(), 2));
            search.Run(null, default);
            return FateCounts.Of(search.Candidates);
        }

        Assert.Equal(0, Counts(Rejection.Never, false).Rejected);
        FateCounts usual = Counts(Rejection.NoImprovement, false), strict = Counts(Rejection.SmallImprovement, false), equivalent = Counts(Rejection.NoImprovement, true);
        Assert.True(usual.Rejected > 0 && usual.Equivalent == 0, usual.ToString());
        Assert.True(strict.Rejected > usual.Rejected, strict.ToString());
        Assert.True(equivalent.Equivalent > 0 && equivalent.Trained < usual.Trained + usual.Unsuitable, equivalent.ToString());
    }

    [Fact]
    public void Squared_error_passes_the_rejection_test_and_its_negative_does_not()
    {
        SearchData data = Generated.Numbers(100);
        CandidateEvaluator evaluator = new(data, Generated.Quick, 1);
        Assert.Equal(Fate.Trained, evaluator.Prepare(Plain("(y - f)^2"), learns: false, fromOnes: true, "plain", default).Fate);
        PreparedLoss negative = evaluator.Prepare(Plain("y - (y - f)^2"), learns: false, fromOnes: true, "plain", default);
        Assert.Equal(Fate.Rejected, negative.Fate);
        Assert.True(negative.Improvement < 0);

        static SymbolicLoss Plain(string formula) => new(Expression.Parse(formula));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_comparison_at_the_end_has_a_row_for_each_loss(bool isClassification)
    {
        SearchData data = isClassification ? Generated.Classes(90) : Generated.Numbers(90);
        CellRunner runner = new(new CellStore(), 2);
        LossSearch search = new(data, Settings, runner);
        search.Run(null, default);
        IReadOnlyList<FinalRow> rows = new FinalComparison(data, Settings, runner).Run(search.Best, tuningRuns: 6, seeds: 3, default);
        Assert.Equal(isClassification ? ["ce", "learned", "lsr", "sparse-lsr"] : ["mse", "learned", "huber"], rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.Equal(3, row.Test.Count));
        Assert.Null(rows[0].FromUsual);
        Assert.All(rows.Skip(1), row => Assert.Equal(row.Test.Average() - rows[0].Test.Average(), row.FromUsual!.Mean, 1e-12));
        Assert.Equal(search.Best!.Fitness, rows[1].Validation);
        IReadOnlyList<FinalRow> again = new FinalComparison(data, Settings, new CellRunner(new CellStore(), 1)).Run(search.Best, tuningRuns: 6, seeds: 3, default);
        Assert.Equal(rows.SelectMany(row => row.Test), again.SelectMany(row => row.Test));
    }

    [Fact]
    public void Three_parts_are_disjoint_and_scaled_by_the_first_alone()
    {
        Samples<float> rows = Generated.NumberRows(100);
        SearchData data = SearchData.Split("numbers", rows, 7, standardize: false);
        Assert.Equal([60, 20, 20], [data.Train.Count, data.Validation.Count, data.Test.Count]);
        HashSet<float> seen = [.. new[] { data.Train, data.Validation, data.Test }.SelectMany(part => part.Features.Column(0))];
        Assert.Equal([.. rows.Features.Column(0).Order()], seen.Order());
        data = SearchData.Split("numbers", rows, 7);
        Assert.Equal(0, data.Train.Features.Column(1).Average(), 1e-6);
        Assert.Equal(1, data.Train.Targets!.Column(0).Select(value => (double)value * value).Average(), 1e-5);
        Assert.NotEqual(0, data.Test.Features.Column(1).Average(), 1e-3);
        Assert.NotEqual(data.Hash, SearchData.Split("numbers", rows, 8).Hash);
        Assert.Equal(data.Hash, SearchData.Split("numbers", rows, 7).Hash);
        SearchData classes = Generated.Classes(150);
        Assert.Equal([10, 10, 10], Enumerable.Range(0, 3).Select(label => classes.Test.Labels!.Count(other => other == label)));
        Assert.Equal([30, 30, 30], Enumerable.Range(0, 3).Select(label => classes.Train.Labels!.Count(other => other == label)));
    }

    [Fact]
    public void Too_little_data_is_said_to_be_so()
    {
        Assert.Contains("has 19 rows; a search needs at least 20", Assert.Throws<DataException>(() => Generated.Numbers(19)).Message, StringComparison.Ordinal);
        Samples<float> rows = Samples<float>.OfClasses(Generated.NumberRows(30).Features, [.. Enumerable.Range(0, 30).Select(i => i == 3 ? 1 : 0)], 2);
        Assert.Contains("a class with 1 row;", Assert.Throws<DataException>(() => SearchData.Split("c", rows, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_store_is_named_with_its_line()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "cells.jsonl");
        using (CellStore store = CellStore.Open(file))
            store.Keep("a \"quoted\" name", "1.5", "a processor");
        File.AppendAllText(file, "nonsense\n");
        Assert.Contains("line 2", Assert.Throws<DataException>(() => CellStore.Open(file)).Message, StringComparison.Ordinal);
        File.WriteAllLines(file, File.ReadAllLines(file)[..1]);
        using CellStore again = CellStore.Open(file);
        Assert.Equal("1.5", again.Find("a \"quoted\" name"));
        Assert.Equal(["a processor"], again.Processors);
    }

    private static string[] Transcript(SearchSettings settings, CellStore store, int threads)
    {
        LossSearch search = new(Generated.Numbers(100), settings, new CellRunner(store, threads));
        search.Run(null, default);
        return [.. search.Candidates.Select(Line)];
    }

    private static string Line(CandidateRecord candidate) =>
        FormattableString.Invariant($"{candidate.Generation} {candidate.Place} {candidate.Key} {candidate.Fate} {candidate.Improvement:R} {candidate.Fitness:R} {candidate.Loss.Formula}");
}
