using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>One training of one net on data that is loaded: what train does once and a comparison many times.</summary>
internal sealed class TrainingRun
{
    private readonly Trainer<float> trainer;
    private readonly ClassificationLoss loss;
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
        ModelSize.Check(settings.Model, data.Train.Features, data.Train.Classes, BatchSize);
        Model = settings.Model.Create(data.Train, training.Seed);
        loss = settings.Loss.Create(data.Train.Classes);
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
    public IReadOnlyList<EpochRecord> History => trainer.History;

    /// <summary>The last step.</summary>
    public BatchReport LastBatch { get; private set; }

    /// <summary>Whether training was cancelled before its end.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Where the seconds went.</summary>
    public TrainingClock Clock => clock;

    /// <summary>What keeps the training safe; null for nothing.</summary>
    public TrainingCheckpoint? Checkpoint { get; set; }

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
            display.AfterEpoch(record);
            clock.Start(); // what the display draws is no training
        };
        Checkpoint?.Resume(trainer);
        clock.Start();
        TrainingResult result = trainer.Fit(new Batches<float>(Data.Train, BatchSize, shuffle, augmentation), Data.Test, cancellation);
        WasInterrupted = result.Reason == StopReason.Cancelled;
        if (WasInterrupted)
            Checkpoint?.AfterInterruption(trainer);
    }

    /// <summary>All metrics of the model as it is on a part of the data.</summary>
    public Evaluation Evaluate(Dataset<float> part)
    {
        clock.StartEvaluation();
        Evaluation evaluation = new Evaluator<float>(Model, loss).Evaluate(part);
        clock.EndEvaluation();
        return evaluation;
    }
}
