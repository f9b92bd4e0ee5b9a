using System.Text.Json.Serialization;
using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Cli.Training;

/// <summary>What simpler predictions come to on the test part.</summary>
/// <param name="Kind">"majority" or "mean".</param>
/// <param name="Prediction">The class, or the mean.</param>
/// <param name="Accuracy">Of the class; null for a regression.</param>
/// <param name="Rmse">Of the mean, in the target's unit; null for classes.</param>
/// <param name="Mae">Likewise.</param>
/// <param name="Linear">The scores of a linear model; null where that is not cheap.</param>
internal sealed record BaselineMetrics(
    string Kind,
    string Prediction,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Accuracy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Rmse,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mae,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TestScores? Linear)
{
    public static BaselineMetrics Of(Baseline baseline, TestScores? linear) => new(baseline.Kind, baseline.Prediction, baseline.Accuracy, baseline.Rmse, baseline.Mae, linear);
}
