using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>
/// All of a training that must be saved to go on with it later, bit by bit as if it had never stopped: a copy, made by <see cref="Trainer{T}.Capture"/> and
/// taken back by <see cref="Trainer{T}.Restore"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record TrainingState<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Where the training is.</summary>
    public required TrainingProgress Progress { get; init; }

    /// <summary>A row for each epoch done.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>"model.0.weight", "optimizer.momentum.0", "best.0.weight" (once there is a best epoch to be restored), "last_good.0.weight", ...</summary>
    public required IReadOnlyList<NamedTensor<T>> Tensors { get; init; }

    /// <summary>"model.1.random_state", "optimizer.steps", ...</summary>
    public required IReadOnlyDictionary<string, ulong> Counters { get; init; }
}
