using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Train;

/// <summary>Trains a net on data and leaves metrics, history and weights in a folder.</summary>
internal sealed class TrainCommand : ToolCommand
{
    private readonly DataOptions data = new();
    private readonly ModelOptions model = new();
    private readonly LossOptions loss = new();
    private readonly OptimizerOptions optimizer = new();
    private readonly TrainingOptions training = new();
    private readonly CheckpointOptions checkpoints = new();
    private readonly OutputOptions output = new();

    public TrainCommand(CommandContext context)
        : base(context, "train", "Trains a net and says how well it does on data that it has not seen.") =>
        AddGroups(data, model, loss, optimizer, training, checkpoints, output);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr train --data iris.csv",
        "autodiff-lsr train --data titanic.csv --label-column survived --output run",
        "autodiff-lsr train --data housing.csv --task regression --loss huber",
        "autodiff-lsr train --resume --output run --epochs 200",
        "autodiff-lsr train --data digits --loss lsr --smoothing 0.2 --hidden 64,32",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        TrainSettings settings = new(
            data.Read(arguments), model.Read(arguments), loss.Read(arguments), optimizer.Read(arguments), training.Read(arguments));
        OutputSettings wanted = output.Read(arguments);
        JsonTarget json = new(wanted.Json, Context.Terminal);
        CheckpointSettings safety = checkpoints.Read(arguments);
        int? planned = safety.Resume && wanted.Folder is { } before ? PlannedEpochs(before) : null;
        using OutputFolder folder = safety.Resume
            ? OutputFolder.Resume(wanted.Folder, RunFiles.Checkpoint, SettingsFile.FileName)
            : OutputFolder.Prepare(wanted.Folder, $"{settings.Data.Name}-{settings.Loss.Name.Replace(':', '-')}", wanted.MayReplace);
        Messages messages = new(Context.Terminal, json.IsStandardOutput, wanted.IsQuiet);
        foreach (string note in loss.Unused(arguments, settings.Loss).Concat(model.Unused(arguments)))
            messages.Note(note);
        return Run(arguments, settings, safety, planned, folder, json, messages, CommandRecord.Of(arguments));
    }

    /// <summary>The epochs that the training in a folder was to have, which more may be added to.</summary>
    private int? PlannedEpochs(string before) =>
        SettingsFile.ProvenanceIn(before, this)?.Settings.TryGetValue("epochs", out string? text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) ? epochs : null;

    private int Run(ParseResult arguments, TrainSettings settings, CheckpointSettings safety, int? planned, OutputFolder folder, JsonTarget json, Messages messages, RunProvenance provenance)
    {
        CancellationToken cancellation = Context.ArmInterruption();
        Compute.Threads = settings.Training.Threads ?? Compute.Threads;
        long start = Stopwatch.GetTimestamp();
        LoadedData loaded = new DataSource(settings.Data, settings.Training.Seed, messages).Load(cancellation);
        double loadSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cancellation.ThrowIfCancellationRequested();

        settings = settings with { Loss = settings.Loss.For(loaded.IsRegression) };
        LossFit.Check(settings.Loss, loaded);
        TableText.Write(loaded, messages);
        IReadOnlyList<RecipeScore> tried = loaded.Encoder is null ? [] : RecipeChoice.Try(settings, loaded, messages, cancellation);
        settings = RecipeChoice.Apply(settings, tried);
        TrainingRun run = new(settings, loaded) { Tried = tried };
        run.Checkpoint = new TrainingCheckpoint(safety, folder, run, planned);
        Announce(run, messages);
        BoundaryFrames? boundary = !loaded.IsRegression && settings.Loss.Kind != LossKind.BinaryCrossEntropy && BoundaryFrames.Suits(loaded.Train) ? new BoundaryFrames(loaded.Train) : null;
        run.Provenance = provenance.With(OriginOf(settings, loaded), ResolvedSettings.Of(run));
        double doneBefore = Resume(run, messages);
        folder.Write(SettingsFile.FileName, SettingsFile.Render(arguments, run.Provenance));
        Train(run, folder, messages, boundary, doneBefore, cancellation);
        TrainMetrics metrics = TrainMetrics.Of(run, loadSeconds, folder.Path);
        RunFiles.SaveMetrics(folder, metrics);
        folder.Write(TrainReport.FileName, TrainReport.Create(run, metrics, boundary).ToHtml());
        json.Write(writer => JsonSerializer.Serialize(writer, metrics, ToolJson.Default.TrainMetrics));
        Summarize(metrics, messages);
        return run.WasInterrupted ? Interrupted(run, folder) : ExitCode.Done;
    }

    private static DataOrigin OriginOf(TrainSettings settings, LoadedData loaded) =>
        DataOrigin.Of(settings.Data.Source, loaded.Train, loaded.Validation?.Count ?? 0, loaded.Test?.Count ?? 0);

    /// <summary>Trains, and saves weights and history however it ends: a training that diverged has its last good weights again.</summary>
    private static void Train(TrainingRun run, OutputFolder folder, Messages messages, BoundaryFrames? boundary, double doneBefore, CancellationToken cancellation)
    {
        ITrainingDisplay display = TrainingDisplay.For(messages, run.Epochs, new ScoreText(run.Data.IsRegression, run.Data.Validation is null ? "test" : "validation"), doneBefore);
        if (boundary is not null)
            display = new BoundaryRecorder(display, boundary, run.Model);
        try
        {
            display.Show(() => run.Train(display, cancellation));
        }
        catch (TrainingDivergedException error)
        {
            Save(run, folder);
            throw new DivergedException($"{error.Message} They are in {folder[RunFiles.Model]}.", error);
        }

        Save(run, folder);
    }

    /// <summary>Goes on with an earlier training, and says where.</summary>
    /// <returns>The share of the training that is done.</returns>
    private static double Resume(TrainingRun run, Messages messages)
    {
        if (run.Resume() is not (int epochs, int batches))
            return 0;
        messages.Line(string.Create(CultureInfo.InvariantCulture, $"going on from the checkpoint: {epochs} of {run.Epochs} epochs{(batches > 0 ? $" and {batches} of {run.BatchesAnEpoch} batches" : "")} are done"));
        return (epochs + ((double)batches / run.BatchesAnEpoch)) / run.Epochs;
    }

    private static void Save(TrainingRun run, OutputFolder folder)
    {
        // What is written later says how a training ended, and must not be said of another model.
        folder.Replace(run.Checkpoint?.IsWanted == true ? [RunFiles.Metrics, TrainReport.FileName] : [RunFiles.Metrics, TrainReport.FileName, RunFiles.Checkpoint]);
        RunFiles.SaveModel(folder, run);
        RunFiles.SaveHistory(folder, run);
    }

    private static void Announce(TrainingRun run, Messages messages)
    {
        DataMetrics data = DataMetrics.Of(run.Data);
        messages.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Name}: {data.TrainSamples} samples to train on, {(data.ValidationSamples > 0 ? $"{data.ValidationSamples} to watch it with, " : "")}{data.TestSamples} to test on, {data.Features} features, {run.Data.TargetText}"));
        messages.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", run.Model.Select(layer => layer.Description))}: {run.Model.CountParameters()} parameters; {run.Settings.Loss.Name}, {run.Settings.Optimizer.Name}, batches of {run.BatchSize}"));
    }

    private static void Summarize(TrainMetrics metrics, Messages messages)
    {
        foreach (string line in ResultText.Lines(metrics))
            messages.Line(line);
        messages.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{metrics.Seconds.Train:F1} s of training, {metrics.SamplesPerSecond:F0} samples/s; report, metrics, history and model are in {metrics.Output}"));
    }

    private int Interrupted(TrainingRun run, OutputFolder folder)
    {
        BatchReport last = run.LastBatch;
        string where = last.Batches == 0 ? "before the first batch" : $"after batch {last.Batch} of {last.Batches} of epoch {last.Epoch}";
        Context.Terminal.Error.WriteLine($"autodiff-lsr: interrupted {where}: weights, history and metrics so far are saved in {folder.Path}");
        return ExitCode.Interrupted;
    }
}
