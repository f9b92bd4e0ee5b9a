using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Methods;
using AutoDiffLsr.Experiments.Search.Running;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Search;

/// <summary>
/// Searches for the loss whose nets do best on the validation part. Same data, settings and seed, same candidates to the last bit, with any number of
/// threads and after any interruption.
/// </summary>
public sealed class LossSearch
{
    private readonly SearchSettings settings;
    private readonly CellRunner runner;
    private readonly SearchCells cells;
    private readonly SearchMethod method;
    private readonly List<CandidateRecord> candidates = [];
    private readonly Dictionary<string, CandidateRecord> archive = [];
    private readonly List<(IReadOnlyList<double> Norms, CandidateRecord Candidate)> gradients = [];

    /// <summary>A search.</summary>
    /// <param name="data">The three parts; the test part is not looked at.</param>
    /// <param name="settings">How to search.</param>
    /// <param name="runner">Does the work.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public LossSearch(SearchData data, SearchSettings settings, CellRunner runner)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(runner);
        settings.Genetic.Check();
        (this.settings, this.runner) = (settings, runner);
        cells = new SearchCells(data, settings.Inner, settings.Seed);
        method = Create(settings);
    }

    /// <summary>All candidates so far, in order.</summary>
    public IReadOnlyList<CandidateRecord> Candidates => candidates;

    /// <summary>The best so far: of the lowest fitness, and of equals the first. Null while no net could be trained.</summary>
    public CandidateRecord? Best { get; private set; }

    /// <summary>
    /// What the search cost so far, in steps of training a net; a step of local search through k steps of training counts 2k + 1, for k gradients, what
    /// they are differentiated through, and the gradient of the task. The rejection test, which has no net, is not counted.
    /// </summary>
    public long Steps { get; private set; }

    /// <summary>Searches.</summary>
    /// <param name="afterGeneration">Called after each generation.</param>
    /// <param name="cancellation">Stops the search; what was found is kept in <see cref="Candidates"/> and <see cref="Best"/>.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(Action<GenerationRecord>? afterGeneration, CancellationToken cancellation)
    {
        for (int generation = 1; generation <= settings.Genetic.Generations; generation++)
        {
            CandidateRecord[] records = Judge(generation, method.Propose(), cancellation);
            candidates.AddRange(records);
            method.Observe([.. records.Select(record => record.Fitness)]);
            afterGeneration?.Invoke(new GenerationRecord(generation, records, Best, FateCounts.Of(candidates)));
        }
    }

    private static SearchMethod Create(SearchSettings settings)
    {
        RandomSource random = new RandomSource(settings.Seed).Fork("proposals");
        return settings.Method switch
        {
            SearchMethodKind.EvoMal => new FormulaMethod(settings.Genetic, random, breeds: true, learns: true),
            SearchMethodKind.GeneticOnly => new FormulaMethod(settings.Genetic, random, breeds: true, learns: false),
            SearchMethodKind.Random => new FormulaMethod(settings.Genetic, random, breeds: false, learns: true),
            SearchMethodKind.LossNet => new LossNetMethod(settings.Genetic.Population, random),
            _ => new TaylorMethod(settings.Genetic.Population, random),
        };
    }

    /// <summary>
    /// Judges a generation in three passes: weights of all new candidates side by side; the filters one after the other, as each may meet a candidate before
    /// it; trainings of those that are left side by side.
    /// </summary>
    private CandidateRecord[] Judge(int generation, IReadOnlyList<Candidate> proposed, CancellationToken cancellation)
    {
        Candidate[] fresh = [.. proposed.DistinctBy(candidate => candidate.Key).Where(candidate => !archive.ContainsKey(candidate.Key))];
        IReadOnlyList<PreparedLoss> prepared = runner.Run(cells, [.. fresh.Select(cells.Prepare)], SearchJson.Default.PreparedLoss, cancellation);
        Dictionary<string, double> fitness = Train(fresh, prepared, cancellation);
        Dictionary<string, PreparedLoss> preparedOf = fresh.Zip(prepared).ToDictionary(pair => pair.First.Key, pair => pair.Second);
        CandidateRecord[] records = new CandidateRecord[proposed.Count];
        for (int i = 0; i < records.Length; i++)
        {
            Candidate candidate = proposed[i];
            records[i] = archive.TryGetValue(candidate.Key, out CandidateRecord? known)
                ? known with { Generation = generation, Place = i + 1, Fate = Fate.Archived }
                : Finish(generation, i + 1, candidate, preparedOf[candidate.Key], fitness);
        }

        return records;
    }

    private Dictionary<string, double> Train(Candidate[] fresh, IReadOnlyList<PreparedLoss> prepared, CancellationToken cancellation)
    {
        var wanted = fresh.Zip(prepared).Where(pair => pair.Second.Fate == Fate.Trained && !IsEquivalentToOneBefore(pair.First, pair.Second, fresh, prepared)).ToArray();
        IReadOnlyList<double> results = runner.Run(
            cells,
            [.. wanted.Select(pair => cells.Judge(pair.First, pair.Second.LossOf(pair.First), settings.Inner.LearningRate))],
            SearchJson.Default.Double,
            cancellation);
        long metaSteps = fresh.Count(candidate => candidate.Learns) * (long)settings.Inner.MetaSteps;
        Steps += (metaSteps * ((2 * settings.Inner.InnerSteps) + 1)) + (wanted.Length * (long)settings.Inner.Steps);
        return wanted.Zip(results).ToDictionary(pair => pair.First.First.Key, pair => pair.Second);
    }

    private CandidateRecord Finish(int generation, int place, Candidate candidate, PreparedLoss prepared, Dictionary<string, double> fitness)
    {
        CandidateRecord record = new(generation, place, candidate.Key, prepared.LossOf(candidate), prepared.Fate, prepared.Improvement, double.PositiveInfinity);
        if (fitness.TryGetValue(candidate.Key, out double metric))
            record = record with { Fitness = metric, Fate = double.IsFinite(metric) ? Fate.Trained : Fate.Unsuitable };
        else if (prepared.Fate == Fate.Trained)
            record = record with { Fate = Fate.Equivalent, Fitness = EquivalentBefore(prepared)!.Fitness };
        if (prepared.GradientNorms.Count > 0 && record.Fate != Fate.Equivalent)
            gradients.Add((prepared.GradientNorms, record));
        archive.Add(candidate.Key, record);
        if (record.Fate == Fate.Trained && (Best is null || record.Fitness < Best.Fitness))
            Best = record;
        return record;
    }

    private CandidateRecord? EquivalentBefore(PreparedLoss prepared) =>
        gradients.FirstOrDefault(other => RejectionTest.AreEquivalent(other.Norms, prepared.GradientNorms)).Candidate;

    private bool IsEquivalentToOneBefore(Candidate candidate, PreparedLoss prepared, Candidate[] fresh, IReadOnlyList<PreparedLoss> all)
    {
        if (EquivalentBefore(prepared) is not null)
            return true;
        for (int i = 0; fresh[i].Key != candidate.Key; i++)
        {
            // An earlier one that is itself equivalent to one before is no reference: the one before is, and was compared.
            if (all[i].Fate == Fate.Trained && RejectionTest.AreEquivalent(all[i].GradientNorms, prepared.GradientNorms) && !IsEquivalentToOneBefore(fresh[i], all[i], fresh, all))
                return true;
        }

        return false;
    }
}
