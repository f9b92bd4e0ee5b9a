using System.CommandLine;
using System.Globalization;
using AutoDiffLsr.Cli.Commands.Worker;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Experiments.Search;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Final;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>Searches for a loss, and says whether it beats the usual one on rows that the search never saw.</summary>
internal sealed class SearchCommand : ToolCommand
{
    private readonly InputOption<string> data = new("--data")
    {
        Description = "A table (CSV), a generated data set (digits, moons, spirals, blobs), mnist, or a folder with four IDX files in MNIST's layout.",
        HelpName = "FILE.csv|NAME|DIR",
        Required = true,
    };

    private readonly InputOption<string?> folder = new("--data-dir") { Description = "For mnist: the folder that has its files.", HelpName = "DIR" };

    private readonly Option<string?> target = new("--label-column") { Description = "For a table: the column to predict, by its name or its index, -1 for the last (default: what looks like it).", HelpName = "NAME|INDEX" };

    private readonly ChoiceOption<string?> task = new(
        "--task", "For a table: whether classes or numbers are predicted.", "auto", ("auto", null), ("classification", "classification"), ("regression", "regression"));

    private readonly Option<int?> rows = NumberOption.OptionalWhole("--rows", "Use at most N rows, drawn at random (default: all).", Interval.Closed(SearchData.FewestRows, int.MaxValue));

    private readonly SearchOptions search = new();

    private readonly Option<int?> seeds = NumberOption.OptionalWhole("--seeds", "Fresh trainings of each loss in the comparison at the end (default: 5).", Interval.Closed(1, 10_000));

    private readonly Option<int?> tuning = NumberOption.OptionalWhole(
        "--tuning-runs", "Trainings by which the learning rate of each fixed loss is tuned (default: as many training steps as the search made).", Interval.Closed(1, 1_000_000));

    private readonly Option<int?> threads = NumberOption.OptionalWhole(
        "--threads", "How many losses are judged side by side (default: all cores); the result is the same bit by bit.", Interval.Closed(1, 1024));

    private readonly ClusterOptions cluster = new();

    private readonly OutputOptions output = new();

    public SearchCommand(CommandContext context)
        : base(context, "search", "Searches for a loss, and compares it with the usual ones on rows that the search never saw. The same command again goes on where it stopped.")
    {
        foreach (Option option in new Option[] { data, folder, target, task, rows })
            Add(option);
        AddGroups(search);
        Add(seeds);
        Add(tuning);
        Add(threads);
        AddGroups(cluster, output);
        data.CompletionSources.Add([.. DataSettings.NamedSources]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr search --data iris.csv --population 20 --generations 10",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        SearchPlan plan = new(
            new SearchSource(arguments.GetRequiredValue(data), arguments.GetValue(folder), arguments.GetValue(target), task.Read(arguments), arguments.GetValue(rows)),
            search.MethodName(arguments),
            search.Read(arguments),
            arguments.GetValue(seeds) ?? 5,
            arguments.GetValue(tuning),
            arguments.GetValue(threads) ?? Environment.ProcessorCount);
        OutputSettings wanted = output.Read(arguments);
        JsonTarget json = new(wanted.Json, Context.Terminal);
        Messages messages = new(Context.Terminal, json.IsStandardOutput, wanted.IsQuiet);
        CancellationToken cancellation = Context.ArmInterruption();
        SearchData loaded = new SearchDataSource(plan.Source, plan.Settings.Seed, messages).Load(cancellation);
        using SearchFolder place = SearchFolder.Prepare(wanted.Folder, plan, wanted.MayReplace);
        RunProvenance provenance = CommandRecord.Of(arguments).With(OriginOf(plan, loaded), []);
        place.Write(SettingsFile.FileName, SettingsFile.Render(arguments, provenance));
        using CellStore store = CellStore.Open(place[SearchFolder.Cells]);
        Announce(plan, loaded, messages);
        using ICellPlace workers = Places.Open(cluster.Read(arguments), plan.Threads, messages, cancellation);
        return Run(plan, loaded, place, store, workers, json, messages, provenance, cancellation);
    }

    private int Run(
        SearchPlan plan, SearchData loaded, SearchFolder place, CellStore store, ICellPlace workers, JsonTarget json, Messages messages, RunProvenance provenance, CancellationToken cancellation)
    {
        CellRunner runner = new(store, workers);
        LossSearch found = new(loaded, plan.Settings, runner);
        List<GenerationRecord> generations = [];
        IReadOnlyList<FinalRow> final;
        try
        {
            Search(plan, found, runner, generations, messages, cancellation);
            final = Compare(plan, loaded, found, runner, messages, cancellation);
        }
        catch (OperationCanceledException)
        {
            return Interrupted(plan, loaded, found, place, provenance);
        }
        catch (IOException)
        {
            SaveFound(plan, loaded, found, place, provenance);
            throw;
        }

        Save(plan, loaded, found, generations, final, store.Processors, place, provenance);
        json.Write(writer => SearchText.WriteJson(writer, provenance, plan, found, final, store.Processors));
        Tell(found, final, place, messages);
        if (Places.Note(store.Processors) is { } note)
            messages.Note(note);
        return found.Best is null ? ExitCode.Failed : ExitCode.Done;
    }

    private static DataOrigin OriginOf(SearchPlan plan, SearchData loaded) =>
        DataOrigin.Of(plan.Source.Data, loaded.Hash, loaded.Train.Count, loaded.Validation.Count, loaded.Test.Count);

    private static void Announce(SearchPlan plan, SearchData loaded, Messages messages)
    {
        string targets = loaded.IsClassification ? $"{loaded.Train.Outputs} classes" : loaded.Train.Outputs == 1 ? "a number to predict" : $"{loaded.Train.Outputs} numbers to predict";
        messages.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{loaded.Name}: {loaded.Train.Count} rows to train on, {loaded.Validation.Count} to choose by, {loaded.Test.Count} to test on; {loaded.Train.Features.ColumnCount} features, {targets}"));
        messages.Line(string.Create(
            CultureInfo.InvariantCulture, $"{plan.Method}: {plan.Settings.Genetic.Generations} generations of {plan.Settings.Genetic.Population} losses, judged by {(loaded.IsClassification ? "error rate" : "squared error of standardized targets")}"));
    }

    private static void Search(SearchPlan plan, LossSearch found, CellRunner runner, List<GenerationRecord> generations, Messages messages, CancellationToken cancellation)
    {
        ISearchDisplay display = messages.Screen is { } screen
            ? new LiveSearchDisplay(screen, plan.Settings.Genetic.Generations, plan.Settings.Genetic.Population)
            : new PlainSearchDisplay(messages, plan.Settings.Genetic.Generations);
        runner.AfterCell = display.AfterCell;
        display.Show(() => found.Run(
            record =>
            {
                generations.Add(record);
                display.AfterGeneration(record);
            },
            cancellation));
        runner.AfterCell = null;
    }

    private static IReadOnlyList<FinalRow> Compare(SearchPlan plan, SearchData loaded, LossSearch found, CellRunner runner, Messages messages, CancellationToken cancellation)
    {
        int runs = plan.TuningRuns ?? (int)Math.Clamp(found.Steps / plan.Settings.Inner.Steps, 1, int.MaxValue);
        messages.Line(string.Create(
            CultureInfo.InvariantCulture, $"tuning the learning rate of each fixed loss by {runs} trainings, then {plan.Seeds} fresh trainings of each loss"));
        return new FinalComparison(loaded, plan.Settings, runner).Run(found.Best, runs, plan.Seeds, cancellation);
    }

    private static void Save(
        SearchPlan plan, SearchData loaded, LossSearch found, IReadOnlyList<GenerationRecord> generations, IReadOnlyList<FinalRow> final, IReadOnlyList<string> processors, SearchFolder place, RunProvenance provenance)
    {
        SaveFound(plan, loaded, found, place, provenance);
        place.Write(SearchFolder.Result, JsonTarget.Render(writer => SearchText.WriteJson(writer, provenance, plan, found, final, processors)));
        place.Write(SearchFolder.Report, SearchReport.Create(plan, loaded, found, generations, final, processors, provenance).ToHtml());
    }

    private static void SaveFound(SearchPlan plan, SearchData loaded, LossSearch found, SearchFolder place, RunProvenance provenance)
    {
        place.Write(SearchFolder.Candidates, SearchText.CandidatesCsv(found.Candidates));
        if (found.Best is { } best)
            place.Write(SearchFolder.Loss, SearchText.LossFile(plan, loaded.IsClassification, best, provenance));
    }

    private static void Tell(LossSearch found, IReadOnlyList<FinalRow> final, SearchFolder place, Messages messages)
    {
        messages.Line("");
        if (found.Best is { } best)
            messages.Line($"loss = {SearchText.Formula(best.Loss)}");
        else
            messages.Line("no loss was found that a net could be trained with: search longer, or with another --seed");
        messages.Line("");
        foreach (string line in TextTable.Aligned(SearchText.Heads, SearchText.Rows(final)))
            messages.Line(line);
        if (found.Best is not null)
            messages.Line(SearchText.Verdict(final));
        messages.Line($"{(found.Best is null ? "" : SearchFolder.Loss + ", ")}{SearchFolder.Report}, {SearchFolder.Result} and {SearchFolder.Candidates} are in {place.Path}");
    }

    private int Interrupted(SearchPlan plan, SearchData loaded, LossSearch found, SearchFolder place, RunProvenance provenance)
    {
        SaveFound(plan, loaded, found, place, provenance);
        string best = found.Best is { } loss ? $"the best loss so far, {SearchText.Formula(loss.Loss)}, is in {place[SearchFolder.Loss]}" : "no loss was found yet";
        Context.Terminal.Error.WriteLine($"autodiff-lsr: interrupted after {found.Candidates.Count} losses: {best}; the same command goes on from there");
        return ExitCode.Interrupted;
    }
}
