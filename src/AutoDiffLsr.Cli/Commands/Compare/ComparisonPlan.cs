using System.Globalization;
using AutoDiffLsr.Cli.Training;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>What is compared.</summary>
/// <param name="Settings">All that the runs have in common; its loss, noise and seed are replaced.</param>
/// <param name="TrainSize">How many training samples each run is given, or null for all.</param>
/// <param name="Variants">The losses; differences are from the first.</param>
/// <param name="LabelNoises">The shares of wrong labels.</param>
internal sealed record ComparisonPlan(TrainSettings Settings, int? TrainSize, IReadOnlyList<LossVariant> Variants, IReadOnlyList<double> LabelNoises, IReadOnlyList<long> Seeds)
{
    /// <summary>The grid: seed by seed, so that an early look compares all losses.</summary>
    public IReadOnlyList<ComparisonCell> Cells { get; } =
        [.. from seed in Seeds from noise in LabelNoises from variant in Variants select new ComparisonCell(variant, noise, seed)];

    /// <summary>The settings of one run.</summary>
    public TrainSettings SettingsOf(ComparisonCell cell) => Settings with
    {
        Loss = cell.Variant.Settings,
        Training = Settings.Training with { Seed = cell.Seed },
    };

    /// <summary>All that a run is a function of, in one line. Two runs with the same text are the same run.</summary>
    public string TextOf(ComparisonCell cell) => string.Create(CultureInfo.InvariantCulture, $"{CommonText()}; {cell.Name}");

    /// <summary>What all runs have in common.</summary>
    public string CommonText()
    {
        var (data, model, _, optimizer, training) = Settings;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"data {data.Source}, folder {data.MnistFolder}, label column {data.LabelColumn}, test fraction {data.TestFraction}, split seed {training.Seed}, training samples {TrainSize}; {model.Name}, hidden {string.Join('-', model.Hidden)}, {model.Activation}, dropout {model.Dropout}; {optimizer.Name}, learning rate {optimizer.LearningRate}, momentum {optimizer.Momentum}{(optimizer.Nesterov ? " Nesterov" : "")}, weight decay {optimizer.WeightDecay}, {optimizer.ScheduleName} {string.Join(' ', optimizer.Milestones)}; batch {training.BatchSize}, epochs {training.Epochs}, steps {training.Steps}, {(training.Augment ? "augmented" : "not augmented")}");
    }
}
