using System.Text.Json.Serialization;

namespace AutoDiffLsr.Cli.Training;

/// <summary>How the trained net does on the training part, in evaluation mode.</summary>
internal sealed record TrainScores(
    double Loss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Accuracy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Rmse = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mae = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? R2 = null);
