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
    private readonly CheckpointSettings settings;
    private readonly string path;
    private readonly Dictionary<string, string> description;
    private int batches;

    public TrainingCheckpoint(CheckpointSettings settings, OutputFolder folder, TrainingRun run)
    {
        this.settings = settings;
        path = folder[RunFiles.Checkpoint];
        description = settings.IsWanted ? Describe(run) : [];
    }

    /// <summary>Whether one is written when training is interrupted.</summary>
    public bool IsWanted => settings.IsWanted;

    /// <summary>Goes on where the checkpoint is, if that was asked for and there is one.</summary>
    /// <exception cref="ModelFileException">The checkpoint is damaged, or of another training.</exception>
    public void Resume(Trainer<float> trainer)
    {
        if (settings.Resume && File.Exists(path))
            Checkpoint.Resume(path, trainer, description);
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
            ["epochs"] = run.Epochs.ToString(CultureInfo.InvariantCulture),
            ["augmentation"] = training.Augment ? "on" : "off",
            ["batch size"] = run.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["training data"] = Fingerprint(run.Data.Train),
            ["test data"] = run.Data.Watched is { } watched ? Fingerprint(watched) : "none",
        };
    }

    private static string Fingerprint(Dataset<float> data) =>
        string.Create(CultureInfo.InvariantCulture, $"{data.Count} x {data.Features}, SHA-256 {DataOrigin.HashOf(data)[..16]}");
}
