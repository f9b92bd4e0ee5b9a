using AutoDiffLsr.Cli.Options;
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
    TestScores Test,
    Seconds Seconds,
    double SamplesPerSecond,
    string Output)
{
    /// <summary>Evaluates a run that has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="loadSeconds">How long its data took to load.</param>
    /// <param name="output">The folder of its files.</param>
    public static TrainMetrics Of(TrainingRun run, double loadSeconds, string output)
    {
        TrainSettings settings = run.Settings;
        OptimizerSettings optimizer = settings.Optimizer;
        Evaluation train = run.Evaluate(run.Data.Train);
        Evaluation test = run.Evaluate(run.Data.Test);
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
            new TrainScores(train.Loss, train.Accuracy),
            new TestScores(test.Loss, test.Accuracy, test.NegativeLogLikelihood, test.CalibrationError),
            new Seconds(loadSeconds, run.Clock.Train, run.Clock.Evaluate),
            run.Clock.SamplesPerSecond,
            output);
    }
}
