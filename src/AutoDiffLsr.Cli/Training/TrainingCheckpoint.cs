using System.Globalization;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>The checkpoint of a training in its output folder.</summary>
internal sealed class TrainingCheckpoint
{
    private const string EpochsKey = "epochs";

    private readonly CheckpointSettings settings;
    private readonly string path;
    private readonly Dictionary<string, string> description;
    private readonly int? plannedEpochs;
    private int batches;

    /// <summary>A checkpoint.</summary>
    /// <param name="settings">Whether and when it is written.</param>
    /// <param name="folder">Where.</param>
    /// <param name="run">Of which training.</param>
    /// <param name="plannedEpochs">How many epochs the training to go on with was to have; null where that is not known.</param>
    public TrainingCheckpoint(CheckpointSettings settings, OutputFolder folder, TrainingRun run, int? plannedEpochs)
    {
        this.settings = settings;
        path = folder[RunFiles.Checkpoint];
        this.plannedEpochs = plannedEpochs;
        description = settings.IsWanted ? Describe(run) : [];
    }

    /// <summary>Whether one is written when training is interrupted.</summary>
    public bool IsWanted => settings.IsWanted;

    /// <summary>Goes on where the checkpoint is, if that was asked for and there is one.</summary>
    /// <exception cref="ModelFileException">The checkpoint is damaged, or of another training.</exception>
    /// <param name="trainer">Goes on.</param>
    /// <param name="epochs">Epochs that it is to have, at least as many as planned before.</param>
    /// <returns>Where it goes on; null where training begins.</returns>
    public TrainingProgress? Resume(Trainer<float> trainer, int epochs)
    {
        if (!settings.Resume || !File.Exists(path))
            return null;
        if (plannedEpochs > epochs)
            throw new ModelFileException(path, string.Create(CultureInfo.InvariantCulture, $"is of a training of {plannedEpochs} epochs, and {epochs} are asked for here: a training can go on for more epochs, but not for fewer"));
        Dictionary<string, string> saved = new(description);
        if (plannedEpochs is { } planned)
            saved[EpochsKey] = planned.ToString(CultureInfo.InvariantCulture);
        Checkpoint.Resume(path, trainer, saved);
        return trainer.Capture().Progress;
    }

    /// <summary>Writes a checkpoint if it is time for one.</summary>
    public void AfterBatch(Trainer<float> trainer)
    {
        if (settings.Every is { } every && ++batches % every == 0)
            Checkpoint.Save(path, trainer.Capture(), description);
    }

    /// <summary>Keeps what was done since the last checkpoint.</summary>
    public void AfterInterruption(Trainer<float> trainer)
    {
        if (settings.IsWanted)
            Checkpoint.Save(path, trainer.Capture(), description);
    }

    /// <summary>All that the result depends on, so that a mismatching checkpoint is rejected with the differing setting.</summary>
    private static Dictionary<string, string> Describe(TrainingRun run)
    {
        (LossSettings loss, OptimizerSettings optimizer, TrainingSettings training) = (run.Settings.Loss, run.Settings.Optimizer, run.Settings.Training);
        return new()
        {
            ["architecture"] = string.Join(", ", run.Model.Select(layer => layer.Description)),
            ["seed"] = training.Seed.ToString(CultureInfo.InvariantCulture),
            ["loss"] = string.Create(CultureInfo.InvariantCulture, $"{loss.Name}, smoothing {loss.Smoothing:R}, phi0 {loss.Phi0:R}, phi1 {loss.Phi1:R}"),
            ["optimizer"] = string.Create(
                CultureInfo.InvariantCulture,
                $"{optimizer.Name}, learning rate {optimizer.LearningRate:R}, momentum {optimizer.Momentum:R}{(optimizer.Nesterov ? ", Nesterov" : "")}, weight decay {optimizer.WeightDecay:R}, schedule {optimizer.ScheduleName} {string.Join(' ', optimizer.Milestones)}"),
            [EpochsKey] = run.Epochs.ToString(CultureInfo.InvariantCulture),
            ["augmentation"] = training.Augment ? "on" : "off",
            ["batch size"] = run.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["training data"] = Fingerprint(run.Data.Train),
            ["test data"] = run.Data.Watched is { } watched ? Fingerprint(watched) : "none",
        };
    }

    private static string Fingerprint(Dataset<float> data) =>
        string.Create(CultureInfo.InvariantCulture, $"{data.Count} x {data.Features}, SHA-256 {DataOrigin.HashOf(data)[..16]}");
}
