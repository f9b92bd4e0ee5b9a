namespace AutoDiffLsr.Data.Tables;

/// <summary>The unit of a target of a regression: nets are trained on (y - <paramref name="Mean"/>) / <paramref name="Scale"/>.</summary>
/// <param name="Name">The target's column.</param>
/// <param name="Mean">The mean of the training part.</param>
/// <param name="Scale">Its deviation, above 0.</param>
public sealed record TargetScale(string Name, double Mean, double Scale);
