namespace AutoDiffLsr.Training;

/// <summary>What tells whether an epoch was better than those before.</summary>
public enum TrainingMeasure
{
    /// <summary>The loss on the validation data: lower is better.</summary>
    ValidationLoss,

    /// <summary>The score on the validation data: accuracy, higher is better; for numbers and autoencoders the root mean squared error, lower is better.</summary>
    ValidationScore,

    /// <summary>The loss in training: lower is better.</summary>
    TrainLoss,

    /// <summary>The score in training, as <see cref="ValidationScore"/>.</summary>
    TrainScore,
}
