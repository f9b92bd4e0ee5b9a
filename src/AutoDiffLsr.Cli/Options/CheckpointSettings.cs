namespace AutoDiffLsr.Cli.Options;

/// <summary>How a training is kept safe.</summary>
/// <param name="Every">After how many batches a checkpoint is written each time, or null for none.</param>
/// <param name="Resume">Whether training goes on from the checkpoint in the output folder.</param>
internal sealed record CheckpointSettings(int? Every, bool Resume)
{
    /// <summary>Whether a checkpoint is worth writing when training is interrupted.</summary>
    public bool IsWanted => Every is not null || Resume;
}
