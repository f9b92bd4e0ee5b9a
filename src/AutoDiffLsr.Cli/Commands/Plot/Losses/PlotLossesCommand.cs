using System.CommandLine;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Experiments.Search.Losses;

namespace AutoDiffLsr.Cli.Commands.Plot.Losses;

/// <summary>The losses as curves, what the published arithmetic loses, and what each costs.</summary>
internal sealed class PlotLossesCommand : ToolCommand
{
    private readonly OutputFolderOption output = new("A new or empty folder for the figures and a page with all of them (default: runs/DATE-TIME-losses).");

    private readonly ForceOption force = new();

    private readonly Option<IReadOnlyList<double>> smoothing = NumberListOption.Reals(
        "--smoothing", "The smoothings of the curves", Interval.Closed(0, 1), [0.001, 0.005, 0.01, 0.05, 0.1, 0.15, 0.2]);

    private readonly Option<int?> classes = NumberOption.OptionalWhole("--classes", "C of the curves (default: 100).", Interval.Closed(3, 100_000));

    private readonly Option<IReadOnlyList<int>> costClasses = NumberListOption.Wholes(
        "--cost-classes", "The numbers of classes for which the cost is measured", Interval.Closed(2, 1_000_000), [10, 100, 1_000, 10_000, 100_000, 250_000]);

    private readonly InputOption<string?> learned = new("--loss") { Description = "The file of a learned loss, to be drawn beside the usual one.", HelpName = "FILE.json" };

    private readonly Option<bool> withoutCost = new("--without-cost") { Description = "Draw the curves only, and measure nothing." };

    public PlotLossesCommand(CommandContext context)
        : base(context, "losses", "Draws the losses and their gradients, and measures what they cost.")
    {
        Add(output);
        Add(force);
        Add(smoothing);
        Add(classes);
        Add(costClasses);
        Add(withoutCost);
        Add(learned);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr plot losses --smoothing 0.1,0.2 --without-cost",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        LearnedLossFile? file = arguments.GetValue(learned) is { } path ? LearnedLossFile.Read(path) : null;
        using OutputFolder folder = OutputFolder.Prepare(arguments.GetValue(output), "losses", arguments.GetValue(force));
        int count = arguments.GetValue(classes) ?? 100;
        List<(string Name, Chart Chart)> curves = [.. LossCharts.Curves(count, arguments.GetRequiredValue(smoothing))];
        List<(string Name, Chart Chart)> margins = [.. MarginCharts.All()];
        Page page = new Page("The losses")
            .Heading($"Loss against the prediction, {count} classes")
            .Text("Solid: the loss of the label's class at its predicted probability, while the other classes share the rest equally. Dashed: what each other class adds at its own probability; CE, SparseLSR and ACE look at the label's only.")
            .Charts([.. curves.Select(curve => curve.Chart)])
            .Heading("Against the margin, exactly and in the published arithmetic")
            .Text("The margin is the label's logit less the log-sum-exp of the others. The published program clamps 1 - p at 1e-7: beyond a margin of 16 its gradient is 0 where the exact one pulls back with B, and single precision, in which log p is 0 before that, brings the end nearer.")
            .Charts([.. margins.Select(margin => margin.Chart)]);
        List<(string Name, Chart Chart)> found = file is null ? [] : Learned(file, page);
        List<(string Name, Chart Chart)> costs = arguments.GetValue(withoutCost) ? [] : Costs(arguments.GetRequiredValue(costClasses), folder, page);
        FigureFiles.Save(folder, [.. curves, .. margins, .. found, .. costs]);
        ProvenanceSection.Append(page, CommandRecord.Of(arguments));
        FigureFiles.Save(folder, page);
        Context.Terminal.Output.WriteLine($"{curves.Count + margins.Count + found.Count + costs.Count} figures, and {FigureFiles.Page} with all of them, are in {folder.Path}");
        return ExitCode.Done;
    }

    private static List<(string Name, Chart Chart)> Learned(LearnedLossFile file, Page page)
    {
        List<(string Name, Chart Chart)> charts = [.. LearnedLossCharts.Curves(file.Loss, file.IsClassification).Select((chart, i) => ($"learned-{i + 1}", chart))];
        page.Heading("The learned loss").Code(file.Loss is SymbolicLoss symbolic ? symbolic.Expression.Simplify().ToString(digits: 4) : file.Loss.GetType().Name)
            .Charts([.. charts.Select(chart => chart.Chart)]);
        return charts;
    }

    private List<(string Name, Chart Chart)> Costs(IReadOnlyList<int> counts, OutputFolder folder, Page page)
    {
        CancellationToken cancellation = Context.ArmInterruption();
        List<LossCost> costs = [];
        Context.Terminal.Output.WriteLine(CostTable.Head);
        foreach (int count in counts)
        {
            costs.AddRange(LossCost.Measure(count, cancellation));
            Context.Terminal.Output.WriteLine(CostTable.Line(costs.TakeLast(Enum.GetValues<LossCostMethod>().Length)));
        }

        List<(string Name, Chart Chart)> charts = [.. CostTable.Charts(costs)];
        folder.Write("cost.csv", CostTable.Csv(costs));
        page.Heading("What they cost")
            .Text("Value and gradient of a batch in single precision on one thread, all four in turns in one run. SparseLSR is faster than label smoothing by a one-hot matrix, and by how much the last columns say; label smoothing in one pass needs no such matrix, and is the comparison that counts.")
            .Charts([.. charts.Select(chart => chart.Chart)])
            .Table(CostTable.Columns, CostTable.Rows(costs));
        return charts;
    }
}
