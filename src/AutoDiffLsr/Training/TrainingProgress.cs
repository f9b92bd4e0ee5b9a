namespace AutoDiffLsr.Training;

/// <summary>Where a training is, and what it has counted of the epoch that has begun.</summary>
public record struct TrainingProgress
{
    /// <summary>The epochs that are done.</summary>
    public int EpochsDone { get; set; }

    /// <summary>Whether another epoch has begun.</summary>
    public bool EpochBegun { get; set; }

    /// <summary>The random state from which the order of the last epoch that began was drawn.</summary>
    public ulong EpochState { get; set; }

    /// <summary>The batches done in the epoch that has begun.</summary>
    public int Position { get; set; }

    /// <summary>The samples of the training data; 0 before training.</summary>
    public int Samples { get; set; }

    /// <summary>The samples of a batch; 0 before training.</summary>
    public int BatchSize { get; set; }

    /// <summary>The learning rate that the schedule's factors multiply.</summary>
    public double BaseLearningRate { get; set; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; set; }

    /// <summary>The sum of losses of the epoch that has begun.</summary>
    public double LossSum { get; set; }

    /// <summary>What these losses count for.</summary>
    public double LossWeight { get; set; }

    /// <summary>The right predictions of the epoch that has begun, of classes or binary labels.</summary>
    public long Correct { get; set; }

    /// <summary>The sum of squared errors of the epoch that has begun, of numbers.</summary>
    public double SquaredErrors { get; set; }

    /// <summary>The predictions, binary labels or numbers that these were of.</summary>
    public long Counted { get; set; }

    /// <summary>The seconds spent on the epoch that has begun.</summary>
    public double Seconds { get; set; }

    /// <summary>The best monitored value; null before there is one.</summary>
    public double? BestValue { get; set; }

    /// <summary>Its epoch, counted from 1; 0 before there is one.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The score of the epoch that has begun.</summary>
    internal readonly double Score(TargetKind kind) =>
        kind is TargetKind.Numbers or TargetKind.Input && Counted > 0 ? Math.Sqrt(SquaredErrors / Counted) : (double)Correct / Counted;

    /// <summary>Ends the epoch that has begun.</summary>
    internal void EndEpoch()
    {
        EpochsDone++;
        (EpochBegun, Position, LossSum, LossWeight, Correct, SquaredErrors, Counted, Seconds) = (false, 0, 0, 0, 0, 0, 0, 0);
    }
}
