namespace AutoDiffLsr.Training;

/// <summary>How a step of training went.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Batch">Counted from 1 in its epoch.</param>
/// <param name="Batches">How many an epoch has.</param>
/// <param name="Samples">The samples of this batch.</param>
/// <param name="Loss">The loss of the batch before the step.</param>
/// <param name="LearningRate">That of the step.</param>
public readonly record struct BatchReport(int Epoch, int Batch, int Batches, int Samples, double Loss, double LearningRate);
