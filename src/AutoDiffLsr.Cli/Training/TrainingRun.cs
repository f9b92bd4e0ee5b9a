using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>One training of one net on data that is loaded: what train does once and a comparison many times.</summary>
internal sealed class TrainingRun
{
    private const long CheapLinear = 50_000_000;

    private readonly Trainer<float> trainer;
    private readonly Loss loss;
    private readonly List<EpochRecord> history = [];
    private readonly TrainingClock clock = new();
    private readonly ImageAugmentation? augmentation;

    public TrainingRun(TrainSettings settings, LoadedData data)
    {
        (Settings, Data) = (settings, data);
        TrainingSettings training = settings.Training;
        BatchSize = Math.Min(training.BatchSizeFor(data.Train.Count), data.Train.Count);
        int batches = ((data.Train.Count - 1) / BatchSize) + 1;
        Epochs = training.EpochsFor(data.Train.Count, batches);
        augmentation = training.Augment ? Augmentation.For(data) : null;
        int outputs = settings.Loss.Kind == LossKind.BinaryCrossEntropy ? 1 : data.Outputs;
        ModelSize.Check(settings.Model, data.Train.Features, outputs, BatchSize);
        Model = settings.Model.Create(data.Train, outputs, training.Seed);
        loss = settings.Loss.CreateAny(data.Outputs);
        trainer = new Trainer<float>(Model, loss, settings.Optimizer.Create(Model.Parameters))
        {
            Epochs = Epochs,
            Schedule = settings.Optimizer.CreateSchedule(Epochs, batches),
        };
    }

    public TrainSettings Settings { get; }

    public LoadedData Data { get; }

    public Sequential<float> Model { get; }

    /// <summary>Samples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Passes over the training data that were asked for.</summary>
    public int Epochs { get; }

    /// <summary>A row for each epoch done.</summary>
    public IReadOnlyList<EpochRecord> History => history;

    /// <summary>The last step.</summary>
    public BatchReport LastBatch { get; private set; }

    /// <summary>Whether training was cancelled before its end.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Where the seconds went.</summary>
    public TrainingClock Clock => clock;

    /// <summary>What keeps the training safe; null for nothing.</summary>
    public TrainingCheckpoint? Checkpoint { get; set; }

    /// <summary>Where the results come from; null for a training whose results are not kept.</summary>
    public RunProvenance? Provenance { get; set; }

    /// <summary>Goes on where the checkpoint is, if that was asked for and there is one.</summary>
    /// <returns>Epochs and batches that are done; null where training begins.</returns>
    /// <exception cref="Files.ModelFileException">The checkpoint cannot be read, or is of another training.</exception>
    public (int Epochs, int Batches)? Resume()
    {
        if (Checkpoint?.Resume(trainer, Epochs) is not { } progress)
            return null;
        history.AddRange(trainer.History.Select(InUnits));
        return (progress.EpochsDone, progress.Position);
    }

    /// <summary>The batches of an epoch.</summary>
    public int BatchesAnEpoch => ((Data.Train.Count - 1) / BatchSize) + 1;

    /// <summary>Trains.</summary>
    /// <param name="display">Receives each step.</param>
    /// <param name="cancellation">Stops training after the current batch.</param>
    /// <exception cref="TrainingDivergedException">The loss or a weight became NaN or infinite; the model has its last good weights.</exception>
    /// <exception cref="Files.ModelFileException">A checkpoint cannot be read or written.</exception>
    public void Train(ITrainingDisplay display, CancellationToken cancellation)
    {
        RandomSource shuffle = new RandomSource(Settings.Training.Seed).Fork("shuffle");
        trainer.AfterBatch = report =>
        {
            clock.AfterBatch(report.Samples);
            LastBatch = report;
            display.AfterBatch(report);
            Checkpoint?.AfterBatch(trainer);
        };
        trainer.AfterEpoch = record =>
        {
            clock.AfterEpoch();
            history.Add(InUnits(record));
            display.AfterEpoch(history[^1]);
            clock.Start(); // what the display draws is no training
        };
        clock.Start();
        TrainingResult result = trainer.Fit(new Batches<float>(Data.Train, BatchSize, shuffle, augmentation), Data.Watched, cancellation);
        WasInterrupted = result.Reason == StopReason.Cancelled;
        if (WasInterrupted)
            Checkpoint?.AfterInterruption(trainer);
    }

    /// <summary>All metrics of the model as it is on a part of the data; those of a regression are in the targets' units, but for its loss.</summary>
    public (Evaluation Metrics, double Loss) Evaluate(Dataset<float> part)
    {
        clock.StartEvaluation();
        Evaluation evaluation = new Evaluator<float>(Model, loss).Evaluate(part);
        double value = evaluation.Loss;
        if (Data.Scales.Count > 0)
            evaluation = new Evaluator<float>(TargetUnits.Fold(Model, Data.Scales)).Evaluate(TargetUnits.Restore(part, Data.Scales));
        clock.EndEvaluation();
        return (evaluation, value);
    }

    /// <summary>The settings that were tried on held-back parts of the training data, the best first; empty where none were.</summary>
    public IReadOnlyList<RecipeScore> Tried { get; init; } = [];

    /// <summary>What a linear model comes to on the test part, or null where training one is not cheap or diverges.</summary>
    public TestScores? LinearScores()
    {
        if (Data.Test is null || WasInterrupted || (long)Data.Train.Count * Data.Train.Features * Data.Outputs > CheapLinear)
            return null;
        try
        {
            Loss linearLoss = Data.IsRegression ? new MeanSquaredError() : new CrossEntropy();
            Sequential<float> linear = TableRecipe.Linear.Train(Data.Train, linearLoss, Settings.Training.Seed);
            Evaluation evaluation = Data.Scales.Count > 0
                ? new Evaluator<float>(TargetUnits.Fold(linear, Data.Scales)).Evaluate(TargetUnits.Restore(Data.Test, Data.Scales))
                : new Evaluator<float>(linear).Evaluate(Data.Test);
            return TestScores.Of(evaluation, new Evaluator<float>(linear, linearLoss).Evaluate(Data.Test).Loss, Data.Encoder?.Schema.Targets ?? []);
        }
        catch (TrainingDivergedException)
        {
            return null;
        }
    }

    /// <summary>The model with a logit for each class, where it has one for two.</summary>
    public Sequential<float> ModelOfLogits() => Settings.Loss.Kind == LossKind.BinaryCrossEntropy ? TwoLogits.Of(Model) : Model;

    /// <summary>The root mean squared error of one target in its own unit; of several it stays in their deviations.</summary>
    private EpochRecord InUnits(EpochRecord record) => Data.Scales is [var only]
        ? record with { TrainScore = record.TrainScore * only.Scale, ValidationScore = record.ValidationScore * only.Scale }
        : record;
}
