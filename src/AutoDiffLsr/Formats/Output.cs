namespace AutoDiffLsr.Formats;

/// <summary>What a prediction is asked for.</summary>
internal enum Output
{
    Labels,
    Logits,
    Probabilities,
}
