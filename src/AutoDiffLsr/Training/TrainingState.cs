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
    /// <summary>The epochs that are done.</summary>
    public required int EpochsDone { get; init; }

    /// <summary>Whether another epoch has begun.</summary>
    public required bool EpochBegun { get; init; }

    /// <summary>The random state from which the order of the last epoch that began was drawn.</summary>
    public required ulong EpochState { get; init; }

    /// <summary>The batches done in the epoch that has begun.</summary>
    public required int Position { get; init; }

    /// <summary>The samples of the training data.</summary>
    public required int Samples { get; init; }

    /// <summary>The samples of a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The learning rate that the schedule's factors multiply.</summary>
    public required double BaseLearningRate { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The sum of losses of the epoch that has begun.</summary>
    public required double LossSum { get; init; }

    /// <summary>What these losses count for.</summary>
    public required double LossWeight { get; init; }

    /// <summary>The right predictions of the epoch that has begun.</summary>
    public required long Correct { get; init; }

    /// <summary>The samples that these were of.</summary>
    public required long Counted { get; init; }

    /// <summary>The seconds spent on the epoch that has begun.</summary>
    public required double Seconds { get; init; }

    /// <summary>The best monitored value; null before there is one.</summary>
    public required double? BestValue { get; init; }

    /// <summary>Its epoch, counted from 1; 0 before there is one.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>A row for each epoch done.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>"model.0.weight", "optimizer.momentum.0", "best.0.weight" (once there is a best epoch to be restored), "last_good.0.weight", ...</summary>
    public required IReadOnlyList<NamedTensor<T>> Tensors { get; init; }

    /// <summary>"model.1.random_state", "optimizer.steps", ...</summary>
    public required IReadOnlyDictionary<string, ulong> Counters { get; init; }
}
