namespace AutoDiffLsr.Training;

/// <summary>What tells whether an epoch was better than those before.</summary>
public enum Monitor
{
    /// <summary>The loss on the validation data: lower is better.</summary>
    ValidationLoss,

    /// <summary>The accuracy on the validation data: higher is better.</summary>
    ValidationAccuracy,

    /// <summary>The loss in training: lower is better.</summary>
    TrainLoss,

    /// <summary>The accuracy in training: higher is better.</summary>
    TrainAccuracy,
}
