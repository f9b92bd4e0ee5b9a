namespace AutoDiffLsr.Training;

/// <summary>A row of a training's history.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainLoss">The mean loss of the epoch's batches, each before its step and in training mode.</param>
/// <param name="TrainScore">
/// Of the same outputs: accuracy, the share of right predictions of classes or binary labels; for numbers and autoencoders the root mean squared error; NaN
/// where only a loss is known.
/// </param>
/// <param name="ValidationLoss">The mean loss on the validation data after the epoch; null without such data.</param>
/// <param name="ValidationScore">The same score there; null without such data.</param>
/// <param name="LearningRate">That of the epoch's last step.</param>
/// <param name="Seconds">How long the epoch took, validation included. The only number here that does not repeat from run to run.</param>
public sealed record EpochRecord(
    int Epoch, double TrainLoss, double TrainScore, double? ValidationLoss, double? ValidationScore, double LearningRate, double Seconds);
