namespace AutoDiffLsr.SelfCheck;

/// <summary>How far off a numerical derivative is.</summary>
/// <param name="Method">"forward", "central", "five-point" or "Ridders".</param>
/// <param name="Precision">What the function was computed in.</param>
/// <param name="Step">The step; null for Ridders, which chooses.</param>
/// <param name="Median">The median absolute error.</param>
/// <param name="Largest">The largest absolute error.</param>
public sealed record AccuracyRow(string Method, string Precision, double? Step, double Median, double Largest);
