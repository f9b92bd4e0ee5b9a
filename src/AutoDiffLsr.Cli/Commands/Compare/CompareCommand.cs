using System.CommandLine;
using System.Globalization;
using AutoDiffLsr.Cli.Commands.Worker;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>Trains the same net under several losses, label noises and seeds, and says what differs.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private const int MostRunsUnasked = 1000;

    private readonly DataOptions data = new(hasLabelNoise: false);
    private readonly ModelOptions model = new();
    private readonly LossVariantOptions losses = new();
    private readonly OptimizerOptions optimizer = new();
    private readonly TrainingOptions training = new();
    private readonly ClusterOptions cluster = new();
    private readonly OutputOptions output = new();

    private readonly Option<IReadOnlyList<double>> labelNoise = NumberListOption.Reals(
        "--label-noise", "The shares of training labels that are made wrong on purpose", Interval.Closed(0, 1), [0]);

    private readonly Option<int?> seeds = NumberOption.OptionalWhole("--seeds", "How many seeds, counted on from --seed (default: 5).", Interval.Closed(1, 10_000));

    private readonly Option<int?> trainSize = NumberOption.OptionalWhole(
        "--train-size", "Train on this many samples, drawn anew for each seed with the classes in proportion (default: all).", Interval.Closed(2, int.MaxValue));

    private readonly Option<bool> yes = new("--yes") { Description = $"Do more than {MostRunsUnasked} runs without asking." };

    public CompareCommand(CommandContext context)
        : base(context, "compare", "Trains the same net under several losses and seeds, and says what differs. The same command again goes on where it stopped.")
    {
        AddGroups(losses);
        Add(labelNoise);
        Add(seeds);
        Add(trainSize);
        AddGroups(data, model, optimizer, training, cluster, output);
        Add(yes);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr compare --data digits",
        "autodiff-lsr compare --data iris.csv --losses ce,sparse-lsr --smoothing 0.05,0.1 --seeds 10",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        ComparisonPlan plan = ReadPlan(arguments);
        if (plan.Cells.Count > MostRunsUnasked && !arguments.GetValue(yes))
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"this is a grid of {plan.Cells.Count} runs, more than {MostRunsUnasked}: add --yes to do them all, or take fewer losses, smoothings, label noises or seeds"));
        }

        OutputSettings wanted = output.Read(arguments);
        JsonTarget json = new(wanted.Json, Context.Terminal);
        Messages messages = new(Context.Terminal, json.IsStandardOutput, wanted.IsQuiet);
        using ComparisonFolder folder = ComparisonFolder.Prepare(wanted.Folder, plan, wanted.MayReplace);
        return Run(arguments, plan, folder, cluster.Read(arguments), json, messages, CommandRecord.Of(arguments));
    }

    private ComparisonPlan ReadPlan(ParseResult arguments)
    {
        IReadOnlyList<LossVariant> variants = losses.Read(arguments);
        TrainingSettings settings = training.Read(arguments);
        TrainSettings common = new(data.Read(arguments), model.Read(arguments), variants[0].Settings, optimizer.Read(arguments), settings);
        long[] all = [.. Enumerable.Range(0, arguments.GetValue(seeds) ?? 5).Select(i => settings.Seed + i)];
        return new ComparisonPlan(common, arguments.GetValue(trainSize), variants, arguments.GetRequiredValue(labelNoise), all);
    }

    private int Run(ParseResult arguments, ComparisonPlan plan, ComparisonFolder folder, ClusterChoice? workers, JsonTarget json, Messages messages, RunProvenance provenance)
    {
        CancellationToken cancellation = Context.ArmInterruption();
        LoadedData loaded = new DataSource(plan.Settings.Data, plan.Settings.Training.Seed, messages).Load(cancellation);
        CheckTrainSize(plan, loaded);
        ComparisonRunner runner = new(plan, loaded, folder);
        provenance = provenance.With(runner.Origin, runner.Resolved());
        int finished = runner.ReadFinished();
        folder.Write(SettingsFile.FileName, SettingsFile.Render(arguments, provenance));
        messages.Line(finished == 0 ? $"{plan.Cells.Count} runs" : $"{plan.Cells.Count} runs, {finished} of them finished before");
        IComparisonDisplay display = messages.Screen is { } screen
            ? new LiveComparisonDisplay(screen, plan.Cells.Count, finished)
            : new PlainComparisonDisplay(messages, plan.Cells.Count, finished);
        using ICellPlace place = Places.Open(workers, plan.Settings.Training.Threads ?? Environment.ProcessorCount, messages, cancellation);
        display.Show(() => runner.Run(place, display, cancellation));
        if (runner.Results.Count < plan.Cells.Count)
        {
            Context.Terminal.Error.WriteLine($"autodiff-lsr: interrupted: {runner.Results.Count} of {plan.Cells.Count} runs are kept in {folder.Path}; the same command goes on from there");
            return ExitCode.Interrupted;
        }

        Save(plan, runner, folder, json, messages, provenance);
        return ExitCode.Done;
    }

    private static void CheckTrainSize(ComparisonPlan plan, LoadedData loaded)
    {
        if (plan.TrainSize is { } size && (size > loaded.Train.Count || size < loaded.Train.Classes))
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--train-size is {size}, but {loaded.Train.Name} has {loaded.Train.Count} samples to train on, of {loaded.Train.Classes} classes: give a number in {loaded.Train.Classes}..{loaded.Train.Count}"));
        }
    }

    private static void Save(ComparisonPlan plan, ComparisonRunner runner, ComparisonFolder folder, JsonTarget json, Messages messages, RunProvenance provenance)
    {
        IReadOnlyList<ComparisonRow> rows = ComparisonRow.All(plan, runner.Results);
        folder.Write("runs.csv", ComparisonText.RunsCsv(plan, runner.Results));
        folder.Write("summary.csv", ComparisonText.SummaryCsv(rows));
        folder.Write("comparison.json", JsonTarget.Render(writer => ComparisonText.WriteJson(writer, provenance, plan, rows, runner.Processors)));
        folder.Write(ComparisonReport.FileName, ComparisonReport.Create(plan, rows, runner.Processors, provenance).ToHtml());
        json.Write(writer => ComparisonText.WriteJson(writer, provenance, plan, rows, runner.Processors));
        if (Places.Note(runner.Processors) is { } note)
            messages.Note(note);
        messages.Line("");
        foreach (string line in TextTable.Aligned(ComparisonText.Heads, ComparisonText.Rows(rows)))
            messages.Line(line);
        if (rows.Any(row => row.Difference(ComparisonMeasure.All[0]) is not null))
        {
            messages.Line("");
            messages.Line($"difference from {plan.Variants[0].Name}: {ComparisonText.DifferenceNote(rows)}");
            foreach (string line in TextTable.Aligned(ComparisonText.DifferenceHeads, ComparisonText.DifferenceRows(rows)))
                messages.Line(line);
        }

        messages.Line($"{ComparisonReport.FileName}, runs.csv, summary.csv and comparison.json are in {folder.Path}");
    }
}
