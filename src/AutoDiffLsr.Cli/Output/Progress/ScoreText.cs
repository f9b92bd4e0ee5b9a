using System.Globalization;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>How the score of an epoch is called and written.</summary>
/// <param name="IsRegression">Whether it is a root mean squared error, and not a share of right predictions.</param>
/// <param name="Part">What training is watched with: "test" or "validation".</param>
internal sealed record ScoreText(bool IsRegression, string Part)
{
    public string Name => IsRegression ? "rmse" : "accuracy";

    public string Of(double? score) => score is null ? "" : score.Value.ToString(IsRegression ? "G5" : "P2", CultureInfo.InvariantCulture);
}
