using System.Text.Json.Serialization;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>How the trained net does on a part of the data: shares and nats for classes, errors in the targets' units for a regression.</summary>
/// <param name="Loss">The mean of the loss that it was trained on.</param>
/// <param name="Accuracy">The share of right predictions, in [0, 1].</param>
/// <param name="Nll">The mean of -ln p(label), in nats.</param>
/// <param name="Ece">Expected calibration error, 15 bins.</param>
/// <param name="Rmse">The root of the mean squared error, in the target's unit.</param>
/// <param name="Mae">The mean absolute error, in the target's unit.</param>
/// <param name="R2">1 less the share of the variance that is not explained.</param>
/// <param name="Targets">The same for each of several targets.</param>
internal sealed record TestScores(
    double Loss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Accuracy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Nll = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Ece = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Rmse = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mae = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? R2 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TargetScores>? Targets = null)
{
    public static TestScores Of(Evaluation evaluation, double loss, IReadOnlyList<string> targets) => evaluation.Kind == TargetKind.Numbers
        ? new(
            loss,
            Rmse: evaluation.RootMeanSquaredError,
            Mae: evaluation.MeanAbsoluteError,
            R2: evaluation.RSquared,
            Targets: targets.Count < 2 ? null : [.. targets.Select((name, i) => new TargetScores(name, evaluation.RootMeanSquaredErrorOf(i), evaluation.MeanAbsoluteErrorOf(i), evaluation.RSquaredOf(i)))])
        : new(loss, evaluation.Accuracy, evaluation.NegativeLogLikelihood, evaluation.CalibrationError);
}
