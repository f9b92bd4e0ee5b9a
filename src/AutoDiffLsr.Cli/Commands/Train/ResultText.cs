using System.Globalization;
using AutoDiffLsr.Cli.Training;

namespace AutoDiffLsr.Cli.Commands.Train;

/// <summary>What a training came to, in a few lines.</summary>
internal static class ResultText
{
    public static IEnumerable<string> Lines(TrainMetrics metrics)
    {
        string target = metrics.Target is null ? "" : $" ({string.Join(", ", metrics.Target)})";
        if (metrics.Test is not { } test)
        {
            yield return metrics.Train.Rmse is { } trained
                ? string.Create(CultureInfo.InvariantCulture, $"train rmse{target} {trained:G5}  mae {metrics.Train.Mae:G5}  R2 {metrics.Train.R2:F4}  (nothing was held back to test on)")
                : string.Create(CultureInfo.InvariantCulture, $"train accuracy{target} {metrics.Train.Accuracy:P2}  loss {metrics.Train.Loss:F4}  (nothing was held back to test on)");
            yield break;
        }

        yield return test.Rmse is { } rmse
            ? string.Create(CultureInfo.InvariantCulture, $"test rmse{target} {rmse:G5}  mae {test.Mae:G5}  R2 {test.R2:F4}  (train rmse {metrics.Train.Rmse:G5})")
            : string.Create(CultureInfo.InvariantCulture, $"test accuracy{target} {test.Accuracy:P2}  loss {test.Loss:F4}  nll {test.Nll:F4}  ece {test.Ece:F4}  (train accuracy {metrics.Train.Accuracy:P2})");
        foreach (TargetScores each in test.Targets ?? [])
            yield return string.Create(CultureInfo.InvariantCulture, $"  {each.Name}: rmse {each.Rmse:G5}  mae {each.Mae:G5}  R2 {each.R2:F4}");
        if (metrics.Baseline is { } baseline)
        {
            yield return Compared(test, baseline);
            if (IsNoBetter(test, baseline))
                yield return $"the net does not beat the {(baseline.Rmse is null ? "majority class" : "mean")}: it has learnt nothing that helps on the test part";
        }
    }

    private static string Compared(TestScores test, BaselineMetrics baseline)
    {
        string linear = baseline.Linear is not { } model || ReferenceEquals(model, test) ? ""
            : test.Rmse is null ? string.Create(CultureInfo.InvariantCulture, $", a linear model {model.Accuracy:P2}")
            : string.Create(CultureInfo.InvariantCulture, $", a linear model {model.Rmse:G5}");
        return test.Rmse is null
            ? string.Create(CultureInfo.InvariantCulture, $"beside it: the majority class {baseline.Prediction} {baseline.Accuracy:P2}{linear}")
            : string.Create(CultureInfo.InvariantCulture, $"beside it: the mean {baseline.Prediction} has rmse {baseline.Rmse:G5}{linear}");
    }

    private static bool IsNoBetter(TestScores test, BaselineMetrics baseline) =>
        test.Rmse is { } rmse ? rmse >= baseline.Rmse : test.Accuracy <= baseline.Accuracy;
}
