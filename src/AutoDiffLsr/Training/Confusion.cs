namespace AutoDiffLsr.Training;

/// <summary>How many samples of one class were taken for one class.</summary>
/// <param name="Label">The class that they are.</param>
/// <param name="Predicted">The class that was predicted.</param>
/// <param name="Count">How many, at least 1.</param>
public readonly record struct Confusion(int Label, int Predicted, long Count);
