using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;

namespace AutoDiffLsr.Training;

/// <summary>
/// The usual loop over epochs and batches, with a schedule, validation, early stopping, the best weights and a history. It does nothing that a loop of your
/// own cannot: forward, loss, <c>tape.Gradients</c>, <c>optimizer.Step</c>, <c>tape.Reset</c>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The same seeds give the same weights and history, bit by bit, at any <see cref="Compute.Threads"/>. A step allocates nothing. What a trainer knows
/// stays in it: fitting again goes on where the last one ended, and <see cref="Capture"/> and <see cref="Restore"/> carry it to another process.
/// </remarks>
/// <example>
/// <code>
/// Trainer&lt;float&gt; trainer = new(model, new CrossEntropy(), new Adam&lt;float&gt;(model.Parameters)) { Epochs = 20, Schedule = Schedule.Cosine(20) };
/// TrainingResult result = trainer.Fit(new Batches&lt;float&gt;(split.Train, 64, random.Fork("shuffle")), split.Test);
/// </code>
/// </example>
[SuppressMessage("Reliability", "CA1001", Justification = "A tape holds managed memory only, which goes with the trainer.")]
public sealed partial class Trainer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Layer<T> model;
    private readonly BatchLoss<T> loss;
    private readonly Optimizer<T> optimizer;
    private readonly Evaluator<T> evaluator;
    private readonly Tape<T> tape = new();
    private readonly List<EpochRecord> history = [];
    private readonly List<double> measured = [];
    private readonly WeightSnapshot<T> lastGood;
    private WeightSnapshot<T>? best;
    private double? firstLoss;
    private TrainingProgress now;
    private TargetKind kind;
    private bool wasRestored, isLowerBetter;

    /// <summary>A trainer of a model on a loss of this library, or one of your own that derives from <see cref="ClassificationLoss"/> or <see cref="RegressionLoss"/>.</summary>
    /// <param name="model">Gives a column for each class or target of the data.</param>
    /// <param name="loss">What is minimized; its reduction must not be none.</param>
    /// <param name="optimizer">Of the model's parameters, or of some of them. Its learning rate now is the one that the schedule multiplies.</param>
    /// <exception cref="ArgumentException">The loss has <see cref="Reduction.None"/>.</exception>
    public Trainer(Layer<T> model, Loss loss, Optimizer<T> optimizer)
        : this(model, new BatchLoss<T>(loss), optimizer)
    {
    }

    /// <summary>A trainer of a model on a loss that is a function of output and batch.</summary>
    /// <param name="model">Gives what the function takes; scores are counted where its width is that of the targets.</param>
    /// <param name="loss">What is minimized, as a mean over the rows.</param>
    /// <param name="optimizer">Of the model's parameters, or of some of them. Its learning rate now is the one that the schedule multiplies.</param>
    public Trainer(Layer<T> model, LossFunction<T> loss, Optimizer<T> optimizer)
        : this(model, new BatchLoss<T>(loss), optimizer)
    {
    }

    private Trainer(Layer<T> model, BatchLoss<T> loss, Optimizer<T> optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        (this.model, this.loss, this.optimizer) = (model, loss, optimizer);
        evaluator = new Evaluator<T>(model, loss, batchSize: 256);
        lastGood = new WeightSnapshot<T>(model);
        now.BaseLearningRate = optimizer.LearningRate;
    }

    /// <summary>How many epochs there are in all, those done before included; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Epochs
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Epochs));
            field = value;
        }
    }
    = 10;

    /// <summary>
    /// The factor of the learning rate at each step, by epochs and parts of them: batch 5 of 10 in the third epoch is at 2.4. One that depends on what was
    /// measured (<see cref="Schedule.ReduceOnPlateau"/>) sees the monitored value of each epoch done.
    /// </summary>
    public Schedule Schedule { get; set; } = Schedule.Constant;

    /// <summary>The learning rate that the schedule's factors multiply.</summary>
    public double BaseLearningRate => now.BaseLearningRate;

    /// <summary>What tells whether an epoch was better; by default the loss, on the validation data if there are any.</summary>
    public TrainingMeasure? BestBy { get; set; }

    /// <summary>How many epochs in a row may pass without improvement before training stops; null for any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Patience
    {
        get;
        set
        {
            if (value is { } patience)
                ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1, nameof(Patience));
            field = value;
        }
    }

    /// <summary>By how much the monitored value must be better than the best to count as improvement; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double MinimumImprovement
    {
        get;
        set => field = Setting.NotNegative<double>(value, nameof(MinimumImprovement));
    }

    /// <summary>
    /// An epoch whose mean loss is more than this many times 1 + |the first batch's loss| ends training as diverged, though it is finite; null for never. 20 by
    /// default: a loss that is learnt from falls, and one that does not blow up stays within a few times of where it began.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 1.</exception>
    public double? LargestLoss
    {
        get;
        set
        {
            if (value is { } factor && !(factor > 1))
                throw new ArgumentOutOfRangeException(nameof(LargestLoss), factor, "LargestLoss must be above 1, or null.");
            field = value;
        }
    }
    = 20;

    /// <summary>Whether the model gets the weights of its best epoch at the end (not when cancelled, so that training can go on).</summary>
    public bool RestoreBest { get; set; }

    /// <summary>Called after each step.</summary>
    public Action<BatchReport>? AfterBatch { get; set; }

    /// <summary>Called after each epoch, when its row is in the history.</summary>
    public Action<EpochRecord>? AfterEpoch { get; set; }

    /// <summary>A row for each epoch done.</summary>
    public IReadOnlyList<EpochRecord> History => history;

    /// <summary>Trains until <see cref="Epochs"/> epochs are done, or stops before. The model is in training mode afterwards.</summary>
    /// <param name="training">The data; each epoch enumerates it once. Its random source should be its own.</param>
    /// <param name="validation">What the model is evaluated on after each epoch; null for nothing.</param>
    /// <param name="cancellation">Stops training after the current batch.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model, or a monitored value needs validation data.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight became NaN or infinite; the weights are those of the last good epoch again. Go on with
    /// a new trainer and optimizer: what this one remembers is spoilt.</exception>
    public TrainingResult Fit(Batches<T> training, Dataset<T>? validation = null, CancellationToken cancellation = default)
    {
        Check(training, validation);
        Measure(validation is not null);
        model.UseTrainingMode();
        while (now.EpochsDone < Epochs && !IsOutOfPatience)
        {
            if (!RunEpoch(training, validation, cancellation))
                return Result(StopReason.Cancelled);
        }

        if (RestoreBest)
            best?.Restore();
        return Result(IsOutOfPatience ? StopReason.EarlyStopped : StopReason.Completed);
    }

    private bool IsOutOfPatience => Patience is { } patience && now.EpochsDone - now.BestEpoch >= patience;

    private TrainingResult Result(StopReason reason) => new(reason, [.. history], now.BestEpoch > 0 ? now.BestEpoch : null) { Explanation = Explain(reason) };

    private string Explain(StopReason reason) => reason switch
    {
        StopReason.Completed => $"All {now.EpochsDone} epochs are done.",
        StopReason.Cancelled => $"Cancelled in epoch {now.EpochsDone + 1} after batch {now.Position}.",
        _ => ExplainEarlyStop(),
    };

    /// <summary>A value that is NaN never improves: that is said, since the cause is another one than a model that has learnt all it can.</summary>
    private string ExplainEarlyStop()
    {
        TrainingMeasure monitor = BestByOrDefault(history[^1].ValidationLoss is not null);
        int waited = now.EpochsDone - now.BestEpoch, missing = history.TakeLast(waited).Count(record => double.IsNaN(Monitored(record, monitor).Value));
        string text = $"Stopped early: {monitor} did not improve in {waited} epochs, after epoch {now.BestEpoch}.";
        return missing == 0 ? text : $"{text} It was NaN in {missing} of them, and NaN is no improvement: the model gives NaN or infinite outputs on this data.";
    }

    /// <summary>Does an epoch, or the rest of one; false if it was cancelled before its end.</summary>
    private bool RunEpoch(Batches<T> training, Dataset<T>? validation, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return false;
        long start = Stopwatch.GetTimestamp();
        double before = now.Seconds;
        BatchEnumerator<T> batches = Begin(training);
        while (now.Position < training.Count)
        {
            batches.MoveNext();
            BatchReport report = Step(batches.Current, training.Count);
            now.Position++;
            now.Seconds = before + Stopwatch.GetElapsedTime(start).TotalSeconds;
            AfterBatch?.Invoke(report);
            if (cancellation.IsCancellationRequested)
                return false;
        }

        CheckWeights(training.Count);
        CheckLoss(training.Count);
        Evaluation? evaluation = validation is null ? null : evaluator.Evaluate(validation, CancellationToken.None);
        EndEpoch(evaluation, before + Stopwatch.GetElapsedTime(start).TotalSeconds);
        return true;
    }

    private BatchEnumerator<T> Begin(Batches<T> training)
    {
        bool isBehind = wasRestored && now.EpochsDone > 0;
        wasRestored = false;
        if (now.EpochBegun)
            return training.Resume(now.EpochState, now.Position);

        // In a new process the random source of the batches has not seen the last epoch: let it go through that one first.
        if (isBehind)
            training.Resume(now.EpochState, training.Count);
        BatchEnumerator<T> batches = training.GetEnumerator();
        (now.EpochBegun, now.EpochState) = (true, training.EpochState);
        return batches;
    }

    private BatchReport Step(Batch<T> batch, int batches)
    {
        optimizer.LearningRate = now.LearningRate = BaseLearningRate * Factor(now.EpochsDone + ((double)now.Position / batches));
        try
        {
            Variable<T> output = model.Forward(tape.Constant(batch.Features));
            Variable<T> value = loss.Compute(output, batch);
            double number = double.CreateTruncating(value.Scalar);
            if (!double.IsFinite(number))
                throw Diverged(FormattableString.Invariant($"The loss became {number}"), now.Position + 1);
            firstLoss ??= loss.Total(number, batch) / loss.Weight(batch);
            Count(output, number, batch);
            StepBy(tape.Gradients(value, optimizer.Parameters));
            return new BatchReport(now.EpochsDone + 1, now.Position + 1, batches, batch.Count, number, now.LearningRate);
        }
        finally
        {
            tape.Reset();
        }
    }

    private double Factor(double position) => Schedule.Factor(position, CollectionsMarshal.AsSpan(measured), isLowerBetter);

    /// <summary>What the schedule is fed: of each epoch done what is monitored now.</summary>
    private void Measure(bool hasValidation)
    {
        measured.Clear();
        foreach (EpochRecord record in history)
        {
            (double value, isLowerBetter) = Monitored(record, BestByOrDefault(hasValidation));
            measured.Add(value);
        }
    }

    private void StepBy(Gradients<T> gradients)
    {
        try
        {
            optimizer.Step(gradients);
        }
        catch (NotFiniteNumberException error)
        {
            throw Diverged(optimizer.FindNonFinite(gradients) ?? error.Message, now.Position + 1, error);
        }
    }

    private void Count(Variable<T> output, double value, Batch<T> batch)
    {
        now.LossSum += loss.Total(value, batch);
        now.LossWeight += loss.Weight(batch);
        BatchScore score = BatchScore.Of(output.Value, batch, loss.IgnoredLabel);
        now.Correct += score.Correct;
        now.SquaredErrors += score.SquaredErrors;
        now.Counted += score.Counted;
    }

    private void EndEpoch(Evaluation? evaluation, double seconds)
    {
        EpochRecord record = new(
            now.EpochsDone + 1,
            now.LossSum / now.LossWeight,
            now.Score(kind),
            evaluation?.Loss,
            evaluation?.Score,
            now.LearningRate,
            seconds);
        history.Add(record);
        lastGood.Take();
        now.EndEpoch();
        Measure(evaluation is not null);
        NoteBest(record);
        AfterEpoch?.Invoke(record);
    }

    private void NoteBest(EpochRecord record)
    {
        (double value, bool lowerIsBetter) = Monitored(record, BestByOrDefault(record.ValidationLoss is not null));
        if (double.IsNaN(value) || (now.BestValue is { } bestValue && !((lowerIsBetter ? bestValue - value : value - bestValue) > MinimumImprovement)))
            return;
        (now.BestValue, now.BestEpoch) = (value, record.Epoch);
        if (!RestoreBest)
            return;
        if (best is null)
            best = new WeightSnapshot<T>(model);
        else
            best.Take();
    }

    /// <summary>Whether the score is an error, so that lower is better.</summary>
    private bool IsError => kind is TargetKind.Numbers or TargetKind.Input;

    private (double Value, bool LowerIsBetter) Monitored(EpochRecord record, TrainingMeasure monitor) => monitor switch
    {
        TrainingMeasure.ValidationLoss => (record.ValidationLoss ?? double.NaN, true),
        TrainingMeasure.ValidationScore => (record.ValidationScore ?? double.NaN, IsError),
        TrainingMeasure.TrainLoss => (record.TrainLoss, true),
        _ => (record.TrainScore, IsError),
    };

    private TrainingMeasure BestByOrDefault(bool hasValidation) => BestBy ?? (hasValidation ? TrainingMeasure.ValidationLoss : TrainingMeasure.TrainLoss);

    private void CheckWeights(int batches)
    {
        if (!lastGood.ModelIsFinite())
            throw Diverged("A weight became NaN or infinite", batches);
    }

    private void CheckLoss(int batches)
    {
        double mean = now.LossSum / now.LossWeight;
        if (LargestLoss is { } factor && firstLoss is { } first && double.IsFinite(first) && mean > factor * (1 + Math.Abs(first)))
            throw Diverged(FormattableString.Invariant($"The mean loss of the epoch is {mean:G4}, far above the {first:G4} of the untrained model,"), batches);
    }

    private TrainingDivergedException Diverged(string what, int batch, Exception? cause = null)
    {
        WeightSnapshot<T> kept = RestoreBest && best is not null ? best : lastGood;
        int epoch = ReferenceEquals(kept, best) ? now.BestEpoch : now.EpochsDone;
        kept.Restore();
        return new TrainingDivergedException(
            what, now.EpochsDone + 1, batch, now.LearningRate, epoch == 0 ? "The weights are those of the start again." : $"The weights are those after epoch {epoch} again.", cause);
    }

    private void Check(Batches<T> training, Dataset<T>? validation)
    {
        ArgumentNullException.ThrowIfNull(training);
        kind = training.Dataset.Targets.Kind;
        Evaluator<T>.CheckedColumns(model, training.Dataset, loss);
        if (validation is not null)
            Evaluator<T>.CheckedColumns(model, validation, loss);
        if (validation is not null && validation.Targets.Kind != kind)
            throw new ArgumentException($"The targets of the validation data are {validation.Targets}, those of the training data {training.Dataset.Targets}; both need the same.", nameof(validation));
        if (validation is null && BestByOrDefault(false) is TrainingMeasure.ValidationLoss or TrainingMeasure.ValidationScore)
            throw new ArgumentException($"BestBy is {BestBy}, but there is no validation data.", nameof(validation));
        CheckBatches(training);
    }

    private void CheckBatches(Batches<T> training)
    {
        int samples = training.Dataset.Count, smallest = samples % training.BatchSize is > 0 and int rest ? rest : training.BatchSize;
        if (smallest < model.MinimumTrainingRows)
        {
            throw new ArgumentException(
                $"{samples} samples in batches of {training.BatchSize} leave a batch of {smallest}, but the model needs {model.MinimumTrainingRows} rows to train on; choose another batch size.",
                nameof(training));
        }

        if (now.Samples != 0 && (now.Samples != samples || now.BatchSize != training.BatchSize) && (now.EpochBegun || wasRestored))
        {
            throw new ArgumentException(
                $"The training to go on with has {now.Samples} samples in batches of {now.BatchSize}, this data has {samples} in batches of {training.BatchSize}.", nameof(training));
        }

        (now.Samples, now.BatchSize) = (samples, training.BatchSize);
    }
}
