using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Training;

/// <summary>Whether a loss is one for the task.</summary>
internal static class LossFit
{
    /// <exception cref="UsageException">The loss is one of another task.</exception>
    public static void Check(LossSettings loss, LoadedData data)
    {
        if (loss.IsRegression != data.IsRegression)
        {
            string target = data.Encoder is { } encoder ? $"the target {string.Join(", ", encoder.Schema.Targets)} is {(data.IsRegression ? "a number" : "a class")}" : $"{data.Train.Name} has classes";
            string advice = data.IsRegression ? "use mse, mae or huber, or --task classification" : data.Encoder is null ? "use ce, lsr, sparse-lsr or ace" : "use ce, lsr, sparse-lsr, ace or bce, or --task regression";
            throw new UsageException($"{loss.Name} is a loss for {(loss.IsRegression ? "regression" : "classification")}, but {target}: {advice}");
        }

        if (loss.Kind == LossKind.BinaryCrossEntropy && data.Train.Classes != 2)
            throw new UsageException($"--loss bce has one logit for two classes, but there are {data.Train.Classes}: use ce, lsr, sparse-lsr or ace");
    }
}
