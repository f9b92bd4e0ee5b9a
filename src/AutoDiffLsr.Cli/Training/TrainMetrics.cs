using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>What a training came to: metrics.json, and the answer of train --json.</summary>
internal sealed record TrainMetrics(
    DataMetrics Data,
    ModelMetrics Model,
    string Loss,
    double Smoothing,
    string Optimizer,
    double LearningRate,
    double Momentum,
    double WeightDecay,
    string Schedule,
    int Epochs,
    int EpochsDone,
    int BatchSize,
    long Seed,
    double LabelNoise,
    bool Interrupted,
    TrainScores Train,
    TestScores? Test,
    string Task,
    IReadOnlyList<string>? Target,
    IReadOnlyList<ColumnMetrics>? Columns,
    BaselineMetrics? Baseline,
    IReadOnlyList<RecipeMetrics>? Tried,
    Seconds Seconds,
    double SamplesPerSecond,
    string Output,
    RunProvenance? Provenance)
{
    /// <summary>Evaluates a run that has ended.</summary>
    /// <param name="loadSeconds">How long its data took to load.</param>
    /// <param name="output">The folder of its files.</param>
    public static TrainMetrics Of(TrainingRun run, double loadSeconds, string output)
    {
        TrainSettings settings = run.Settings;
        OptimizerSettings optimizer = settings.Optimizer;
        (Evaluation train, double trainLoss) = run.Evaluate(run.Data.Train);
        TestScores? test = ScoresOf(run, run.Data.Test);
        return new TrainMetrics(
            DataMetrics.Of(run.Data),
            ModelMetrics.Of(run.Model, settings.Model),
            settings.Loss.Name,
            settings.Loss.EffectiveSmoothing,
            optimizer.Name,
            optimizer.LearningRate,
            optimizer.Momentum,
            optimizer.WeightDecay,
            optimizer.ScheduleName,
            run.Epochs,
            run.History.Count,
            run.BatchSize,
            settings.Training.Seed,
            settings.Data.LabelNoise,
            run.WasInterrupted,
            train.Kind == TargetKind.Numbers
                ? new TrainScores(trainLoss, Rmse: train.RootMeanSquaredError, Mae: train.MeanAbsoluteError, R2: train.RSquared)
                : new TrainScores(trainLoss, train.Accuracy),
            test,
            run.Data.IsRegression ? "regression" : "classification",
            run.Data.Encoder?.Schema.Targets,
            run.Data.Encoder is { } encoder ? [.. encoder.Describe().Select(ColumnMetrics.Of)] : null,
            BaselineOf(run, test),
            run.Tried.Count == 0 ? null : [.. run.Tried.Select((score, i) => new RecipeMetrics(score.Recipe.ToString(), score.Error, i == 0))],
            new Seconds(loadSeconds, run.Clock.Train, run.Clock.Evaluate),
            run.Clock.SamplesPerSecond,
            output,
            run.Provenance);
    }

    private static TestScores? ScoresOf(TrainingRun run, Dataset<float>? part)
    {
        if (part is null)
            return null;
        (Evaluation evaluation, double loss) = run.Evaluate(part);
        return TestScores.Of(evaluation, loss, run.Data.Encoder?.Schema.Targets ?? []);
    }

    /// <summary>The baselines of a table; the linear model is trained where it is cheap, and is the model itself where that has no hidden layer.</summary>
    private static BaselineMetrics? BaselineOf(TrainingRun run, TestScores? test)
    {
        if (run.Data.Encoder is null || run.Data.Test is null)
            return null;
        var baseline = AutoDiffLsr.Data.Tables.Baseline.Of(run.Data.Train, run.Data.Test, run.Data.Scales);
        return BaselineMetrics.Of(baseline, run.Settings.Model.Hidden.Count == 0 ? test : run.LinearScores());
    }
}
