namespace AutoDiffLsr.Training;

/// <summary>A row of a training's history.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainLoss">The mean loss of the epoch's batches, each before its step and in training mode.</param>
/// <param name="TrainAccuracy">The share of right predictions in the same batches.</param>
/// <param name="ValidationLoss">The mean loss on the validation data after the epoch; null without such data.</param>
/// <param name="ValidationAccuracy">The share of right predictions there; null without such data.</param>
/// <param name="LearningRate">That of the epoch's last step.</param>
/// <param name="Seconds">How long the epoch took, validation included. The only number here that does not repeat from run to run.</param>
public sealed record EpochRecord(
    int Epoch, double TrainLoss, double TrainAccuracy, double? ValidationLoss, double? ValidationAccuracy, double LearningRate, double Seconds);
