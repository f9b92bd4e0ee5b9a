using System.Globalization;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Training;

/// <summary>What the options of a training were resolved to, by their names: defaults that depend on the data, and what was chosen by trying.</summary>
internal static class ResolvedSettings
{
    public static IEnumerable<(string Name, string? Value)> Of(TrainingRun run)
    {
        (DataSettings data, ModelSettings model, LossSettings loss, OptimizerSettings optimizer, TrainingSettings _) = run.Settings;
        return
        [
            ("hidden", model.Kind != ModelKind.Mlp ? null : model.Hidden.Count == 0 ? "none" : string.Join(',', model.Hidden)),
            ("loss", loss.Learned is null ? loss.Name : null),
            ("optimizer", optimizer.Name),
            ("learning-rate", Text(optimizer.LearningRate)),
            ("momentum", Text(optimizer.Momentum)),
            ("weight-decay", Text(optimizer.WeightDecay)),
            ("batch-size", run.BatchSize.ToString(CultureInfo.InvariantCulture)),
            ("epochs", run.Epochs.ToString(CultureInfo.InvariantCulture)),
            ("task", run.Data.Encoder is null ? null : run.Data.IsRegression ? "regression" : "classification"),
            ("label-column", run.Data.Encoder is { } encoder ? string.Join(',', encoder.Schema.Targets) : null),
            ("test-fraction", run.Data.Encoder is null || data.TestFile is not null ? null : Text(data.TestFraction ?? DataSettings.DefaultTestFraction)),
        ];
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
