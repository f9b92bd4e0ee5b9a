namespace AutoDiffLsr.Training;

/// <summary>What a model is to give for a sample.</summary>
public enum TargetKind
{
    /// <summary>One of C classes, as a label in 0..C-1; the model gives C logits, or one logit for two classes.</summary>
    Labels,

    /// <summary>A distribution over C classes (one-hot or soft labels); the model gives C logits.</summary>
    Distributions,

    /// <summary>K real numbers: regression.</summary>
    Numbers,

    /// <summary>K answers of yes (1) and no (0), several of which may be yes; the model gives K logits.</summary>
    BinaryLabels,

    /// <summary>The sample itself: an autoencoder.</summary>
    Input,
}
