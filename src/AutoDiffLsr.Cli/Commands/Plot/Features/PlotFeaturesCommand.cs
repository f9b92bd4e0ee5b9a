using System.CommandLine;
using System.Globalization;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Plot.Features;

/// <summary>Penultimate features of trained models on the test part of their data: t-SNE, and the plane of three classes.</summary>
internal sealed class PlotFeaturesCommand : ToolCommand
{
    private readonly InputOption<string[]> models = new("--model")
    {
        Description = "A model that train saved; once for each panel.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly DataOptions data = new(hasLabelNoise: false);

    private readonly Option<int?> samples = NumberOption.OptionalWhole(
        "--samples", "How many test samples are shown at most (default: 2000); time and memory grow with the square.", Interval.Closed(25, 20_000));

    private readonly Option<double?> perplexity = NumberOption.OptionalReal(
        "--perplexity", "The effective number of neighbours of a point in the t-SNE (default: 30).", Interval.Open(1, 10_000));

    private readonly Option<IReadOnlyList<int>> classes = NumberListOption.Wholes(
        "--classes", "Three classes, counted from 0, through whose weight vectors the plane goes", Interval.Closed(0, 1_000_000), [0, 1, 2]);

    private readonly Option<long> seed = NumberOption.Seed("--seed", "The split of the data, the samples shown and the t-SNE are a function of this number.", 1);

    private readonly OutputFolderOption output = new("A new or empty folder for the figures and a page with all of them (default: runs/DATE-TIME-features).");

    private readonly ForceOption force = new();

    public PlotFeaturesCommand(CommandContext context)
        : base(context, "features", "Draws what the last layer of trained models sees of the test part.")
    {
        Add(models);
        AddGroups(data);
        Add(samples);
        Add(perplexity);
        Add(classes);
        Add(seed);
        Add(output);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr plot features --data digits --model ce/model.safetensors lsr/model.safetensors",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        IReadOnlyList<int> chosen = arguments.GetRequiredValue(classes);
        if (chosen.Count != 3)
            throw new UsageException($"--classes has {chosen.Count} different classes, but a plane goes through 3, such as 0,1,2");
        CancellationToken cancellation = Context.ArmInterruption();
        Messages messages = new(Context.Terminal, jsonOnOutput: false, isQuiet: false);
        long split = arguments.GetRequiredValue(seed);
        Dataset<float> test = new DataSource(data.Read(arguments), split, messages).Load(cancellation).Test
            ?? throw new UsageException("there is no test part to draw: give a --test-fraction above 0, or --test FILE");
        FeatureModel[] loaded = [.. arguments.GetRequiredValue(models).Select(path => FeatureModel.Load(path, test))];
        FeatureSettings settings = new(arguments.GetValue(samples) ?? 2000, arguments.GetValue(perplexity), chosen, split);
        Check(settings, test);
        using OutputFolder folder = OutputFolder.Prepare(arguments.GetValue(output), "features", arguments.GetValue(force));
        return Run(loaded, test, settings, folder, messages, CommandRecord.Of(arguments), cancellation);
    }

    private static void Check(FeatureSettings settings, Dataset<float> test)
    {
        if (test.Classes > 2 && settings.Classes!.Max() >= test.Classes)
            throw new UsageException($"--classes has {settings.Classes!.Max()}, but {test.Name} has {test.Classes} classes (0..{test.Classes - 1})");
        int shown = Math.Min(settings.Samples, test.Count);
        if (settings.Perplexity >= shown)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--perplexity is {settings.Perplexity}, but must be below the number of samples shown, {shown}"));
        if (shown < 25)
            throw new UsageException($"{test.Name} has {test.Count} test samples; a picture needs at least 25");
    }

    private static int Run(
        FeatureModel[] models, Dataset<float> test, FeatureSettings settings, OutputFolder folder, Messages messages, RunProvenance provenance, CancellationToken cancellation)
    {
        List<FeaturePanels> panels = [];
        foreach (FeatureModel model in models)
        {
            FeatureProgress progress = new(messages, model.Title);
            panels.Add(progress.Show(listener => FeaturePanels.Of(model.Title, model.Layers, test, settings, listener, cancellation)));
            messages.Line(panels[^1].Caption);
        }

        Page page = new Page($"{test.Name}: penultimate features")
            .Charts([.. panels.SelectMany(panel => panel.Charts).OrderByDescending(chart => chart.X.HidesNumbers)])
            .Note("Distances between the clusters of a t-SNE and their sizes mean little; the plane of three classes (Müller et al. 2019) is a plain projection.");
        foreach (FeaturePanels panel in panels)
            page.Note(panel.Caption);
        ProvenanceSection.Append(page, provenance);
        FigureFiles.Save(folder, page);
        FigureFiles.Save(folder, panels.SelectMany((panel, i) => panel.Charts.Select(chart => ($"{(chart.X.HidesNumbers ? "tsne" : "plane")}-{i + 1}", chart))));
        bool wasCancelled = panels.Any(panel => panel.WasCancelled);
        messages.Line($"{(wasCancelled ? "interrupted: the best pictures so far" : "the figures")}, and {FigureFiles.Page} with all of them, are in {folder.Path}");
        return wasCancelled ? ExitCode.Interrupted : ExitCode.Done;
    }
}
