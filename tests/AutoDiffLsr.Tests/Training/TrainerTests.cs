using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class TrainerTests
{
    private const int BatchSize = 16;

    private static readonly Dataset<float> Train = Clouds.Make<float>(100, seed: 1), Validation = Clouds.Make<float>(60, seed: 2);

    [Fact]
    public void It_learns()
    {
        Run run = new();
        run.Trainer.Epochs = 20;
        TrainingResult result = run.Fit();
        Assert.Equal(StopReason.Completed, result.Reason);
        Assert.Equal(20, result.History.Count);
        Assert.True(result.History[^1].TrainLoss < 0.6 * result.History[0].TrainLoss, $"{result.History[0]} {result.History[^1]}");
        Assert.True(result.History[^1].ValidationScore > 0.85, $"{result.History[^1]}");
    }

    [Fact]
    public void It_does_what_a_plain_loop_does_bit_by_bit()
    {
        Run run = new(), plain = new();
        run.Trainer.Epochs = 3;
        TrainingResult result = run.Fit();
        using Tape<float> tape = new();
        LabelSmoothing loss = new(0.1);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            int position = 0;
            double sum = 0;
            foreach (Batch<float> batch in plain.Batches)
            {
                plain.Optimizer.LearningRate = 0.01 * Run.Schedule.Factor(epoch + (position++ / 7.0));
                Variable<float> value = loss.Compute(plain.Model.Forward(tape.Constant(batch.Features)), batch.Labels);
                sum += (double)value.Scalar * batch.Count;
                plain.Optimizer.Step(tape.Gradients(value, plain.Model.Parameters));
                tape.Reset();
            }

            Evaluation evaluation = new Evaluator<float>(plain.Model, loss).Evaluate(Validation);
            Assert.Equal(sum / 100, result.History[epoch].TrainLoss);
            Assert.Equal(plain.Optimizer.LearningRate, result.History[epoch].LearningRate);
            Assert.Equal((evaluation.Loss, evaluation.Accuracy), (result.History[epoch].ValidationLoss, result.History[epoch].ValidationScore));
        }

        Assert.Equal(Bits(plain.Model), Bits(run.Model));
    }

    [Theory]
    [InlineData(TrainingMeasure.ValidationLoss)]
    [InlineData(TrainingMeasure.ValidationScore)]
    [InlineData(TrainingMeasure.TrainLoss)]
    public void A_plateau_of_what_is_monitored_lowers_the_rate_and_goes_on_after_a_checkpoint(TrainingMeasure monitor)
    {
        Schedule schedule = Schedule.ReduceOnPlateau(0.5, patience: 0, threshold: 0.05);
        EpochRecord[] history = WithoutSeconds(Fitted(8).Fit().History);
        double[] measured = [.. history.Select(record => monitor switch
        {
            TrainingMeasure.ValidationLoss => record.ValidationLoss!.Value,
            TrainingMeasure.ValidationScore => record.ValidationScore!.Value,
            _ => record.TrainLoss,
        })];
        Assert.All(history, record => Assert.Equal(
            0.01 * schedule.Factor(record.Epoch - 1, measured.AsSpan(0, record.Epoch - 1), lowerIsBetter: monitor != TrainingMeasure.ValidationScore), record.LearningRate));
        Assert.InRange(history[^1].LearningRate, 0, 0.005);

        Run first = Fitted(5), second = Fitted(8);
        first.Fit();
        second.Trainer.Restore(first.Trainer.Capture());
        Assert.Equal(history, WithoutSeconds(second.Fit().History));

        Run Fitted(int epochs)
        {
            Run run = new();
            (run.Trainer.Epochs, run.Trainer.BestBy, run.Trainer.Schedule) = (epochs, monitor, schedule);
            return run;
        }
    }

    [Fact]
    public void The_same_seeds_give_the_same_bits_at_any_thread_count()
    {
        (byte[] Weights, EpochRecord[] History)[] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            int before = Compute.Threads;
            Compute.Threads = threads;
            try
            {
                Run run = new(hidden: 192);
                TrainingResult result = run.Fit();
                return (Bits(run.Model), WithoutSeconds(result.History));
            }
            finally
            {
                Compute.Threads = before;
            }
        })];
        Assert.All(results, result => Assert.Equal(results[0].Weights, result.Weights));
        Assert.All(results, result => Assert.Equal(results[0].History, result.History));
        Assert.NotEqual(results[0].Weights, Fitted(new Run(seed: 8, hidden: 192)));
    }

    [Fact]
    public void Cancelled_after_any_batch_and_gone_on_with_elsewhere_it_ends_with_the_same_bits()
    {
        Run whole = new();
        whole.Trainer.RestoreBest = true;
        EpochRecord[] history = WithoutSeconds(whole.Fit().History);
        byte[] expected = Bits(whole.Model);
        for (int stop = 1; stop < 4 * 7; stop++)
        {
            Run first = new();
            using CancellationTokenSource cancellation = new();
            first.Trainer.RestoreBest = true;
            int batches = 0;
            first.Trainer.AfterBatch = _ =>
            {
                if (++batches == stop)
                    cancellation.Cancel();
            };
            Assert.Equal(StopReason.Cancelled, first.Fit(cancellation.Token).Reason);
            Assert.Equal(stop, batches);
            TrainingState<float> state = first.Trainer.Capture();

            // Another seed: whatever is not restored would show.
            Run second = new(seed: 99);
            second.Trainer.RestoreBest = true;
            second.Trainer.Restore(state);
            Assert.Equal(history, WithoutSeconds(second.Fit().History));
            Assert.Equal(expected, Bits(second.Model));

            Assert.Equal(history, WithoutSeconds(first.Fit().History));
            Assert.Equal(expected, Bits(first.Model));
        }
    }

    [Fact]
    public void Captured_after_any_epoch_it_goes_on_with_the_same_bits()
    {
        List<TrainingState<float>> states = [];
        Run whole = new();
        whole.Trainer.AfterEpoch = _ => states.Add(whole.Trainer.Capture());
        byte[] expected = Fitted(whole);
        Assert.Equal(4, states.Count);
        foreach (TrainingState<float> state in states)
        {
            Run other = new(seed: 99);
            other.Trainer.Restore(state);
            Assert.Equal(expected, Fitted(other));
        }
    }

    [Fact]
    public void A_state_of_another_model_is_refused_and_changes_nothing()
    {
        TrainingState<float> state = new Run(hidden: 12).Trainer.Capture();
        Run other = new();
        byte[] before = Bits(other.Model);
        Assert.Contains("'model.0.weight' is 2x12 in the state, here it is 2x8", Assert.Throws<ArgumentException>(() => other.Trainer.Restore(state)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits(other.Model));
        TrainingState<float> fewer = state with { Tensors = [.. state.Tensors.Skip(1)] };
        Assert.Contains("has no 'model.0.weight'", Assert.Throws<ArgumentException>(() => new Run(hidden: 12).Trainer.Restore(fewer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_other_data_is_refused()
    {
        Run first = new();
        first.Trainer.Epochs = 1;
        first.Fit();
        Run other = new();
        other.Trainer.Restore(first.Trainer.Capture());
        Batches<float> batches = new(Train, 10, new RandomSource(1));
        Assert.Contains(
            "100 samples in batches of 16, this data has 100 in batches of 10",
            Assert.Throws<ArgumentException>(() => other.Trainer.Fit(batches, Validation)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_when_patience_runs_out_and_restores_the_best_weights()
    {
        // A rate that grows without bound: the model gets better, then worse.
        Run run = new();
        byte[][] weights = new byte[100][];
        run.Trainer.Epochs = 99;
        run.Trainer.Schedule = new Growing();
        run.Trainer.Patience = 3;
        run.Trainer.RestoreBest = true;
        run.Trainer.AfterEpoch = record => weights[record.Epoch] = Bits(run.Model);
        TrainingResult result = run.Fit();
        Assert.Equal(StopReason.EarlyStopped, result.Reason);
        double best = result.History.Min(record => record.ValidationLoss!.Value);
        int epoch = result.History.First(record => record.ValidationLoss == best).Epoch;
        Assert.Equal(epoch, result.BestEpoch);
        Assert.Equal(epoch + 3, result.History.Count);
        Assert.Equal(weights[epoch], Bits(run.Model));
        Assert.NotEqual(weights[epoch + 3], Bits(run.Model));
    }

    [Theory]
    [InlineData(TrainingMeasure.TrainScore)]
    [InlineData(TrainingMeasure.ValidationScore)]
    [InlineData(TrainingMeasure.TrainLoss)]
    public void The_best_epoch_is_the_first_of_the_best_monitored_value(TrainingMeasure monitor)
    {
        Run run = new();
        run.Trainer.Epochs = 8;
        run.Trainer.BestBy = monitor;
        TrainingResult result = run.Fit();
        EpochRecord expected = monitor switch
        {
            TrainingMeasure.TrainScore => result.History.MaxBy(record => record.TrainScore)!,
            TrainingMeasure.ValidationScore => result.History.MaxBy(record => record.ValidationScore)!,
            _ => result.History.MinBy(record => record.TrainLoss)!,
        };
        Assert.Equal(expected.Epoch, result.BestEpoch);
    }

    [Fact]
    public void A_loss_that_explodes_is_reported_with_its_place_and_the_last_good_weights_are_back()
    {
        Sequential<float> model = Run.Net(1, 8);
        Sgd<float> optimizer = new(model.Parameters, 0.01);
        Trainer<float> trainer = new(model, new CrossEntropy(), optimizer);
        byte[] good = [];
        trainer.AfterEpoch = _ =>
        {
            good = Bits(model);
            trainer.Schedule = new Exploding();
        };
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(new Batches<float>(Train, BatchSize, new RandomSource(1)), Validation));
        Assert.Equal(2, error.Epoch);
        Assert.InRange(error.Batch, 2, 7);
        Assert.Contains($"in epoch 2, batch {error.Batch}, at learning rate", error.Message, StringComparison.Ordinal);
        Assert.Contains("The weights are those after epoch 1 again.", error.Message, StringComparison.Ordinal);
        Assert.Equal(good, Bits(model));
        Assert.Single(trainer.History);
    }

    [Fact]
    public void Weights_that_become_NaN_in_the_last_batch_are_found_at_the_end_of_the_epoch()
    {
        Sequential<float> model = Run.Net(1, 8);
        Trainer<float> trainer = new(model, new CrossEntropy(), new Sgd<float>(model.Parameters, 0.01));
        byte[] start = Bits(model);
        trainer.AfterBatch = report =>
        {
            if (report.Batch == report.Batches)
                model.Parameters[0].Update()[0] = float.NaN;
        };
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(new Batches<float>(Train, BatchSize), Validation));
        Assert.Contains("A weight became NaN or infinite in epoch 1, batch 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("those of the start again", error.Message, StringComparison.Ordinal);

        // The running statistics are those of the start too.
        Assert.Equal(start, Bits(model));
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        Run run = new();
        run.Trainer.Epochs = 12;
        long[] at = new long[12 * 7];
        int batches = 0;
        run.Trainer.AfterBatch = _ => at[batches++] = GC.GetAllocatedBytesForCurrentThread();
        run.Fit();
        Assert.Contains(Enumerable.Range(4, 8), epoch => at[epoch * 7] == at[(epoch * 7) + 6]); // the runtime allocates too, at times of its own, but not in each epoch
    }

    [Fact]
    public void A_loss_of_your_own_is_a_function()
    {
        Run ours = new(), own = new();
        LabelSmoothing loss = new(0.1);
        Trainer<float> trainer = new(own.Model, (logits, batch) => loss.Compute(logits, batch.Labels), own.Optimizer) { Epochs = 4, Schedule = Run.Schedule };
        trainer.Fit(own.Batches, Validation);
        Assert.Equal(Fitted(ours), Bits(own.Model));
    }

    [Fact]
    public void A_batch_too_small_to_train_on_is_refused_before_training()
    {
        Run run = new();
        Batches<float> batches = new(Train, 33, new RandomSource(1));
        Assert.Contains(
            "100 samples in batches of 33 leave a batch of 1, but the model needs 2 rows",
            Assert.Throws<ArgumentException>(() => run.Trainer.Fit(batches)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_monitor_without_its_data_is_refused()
    {
        Run run = new();
        run.Trainer.BestBy = TrainingMeasure.ValidationScore;
        Assert.Contains("BestBy is ValidationScore, but there is no validation data", Assert.Throws<ArgumentException>(() => run.Trainer.Fit(run.Batches)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_counts_NaN_as_no_improvement_and_says_so()
    {
        Blind model = new();
        Trainer<float> trainer = new(model, new CrossEntropy(), new Sgd<float>(model.Parameters, 0.01)) { Epochs = 20, Patience = 2 };
        TrainingResult result = trainer.Fit(new Batches<float>(Train, BatchSize), Validation);
        Assert.Equal((StopReason.EarlyStopped, 2, null), (result.Reason, result.History.Count, result.BestEpoch));
        Assert.Contains("ValidationLoss did not improve in 2 epochs, after epoch 0. It was NaN in 2 of them", result.Explanation, StringComparison.Ordinal);
        Run run = new();
        Assert.Equal("All 4 epochs are done.", run.Fit().Explanation);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1e-9, 8)]
    [InlineData(1000, 1)]
    public void An_improvement_below_the_minimum_is_none(double minimum, int bestEpoch)
    {
        Run run = new();
        run.Trainer.Epochs = 8;
        run.Trainer.BestBy = TrainingMeasure.TrainLoss;
        run.Trainer.MinimumImprovement = minimum;
        TrainingResult result = run.Fit();
        Assert.Equal(result.History.Min(record => record.TrainLoss), result.History[^1].TrainLoss);
        Assert.Equal(bestEpoch, result.BestEpoch);
    }

    [Fact]
    public void The_training_accuracy_is_the_share_of_right_predictions_of_rows_that_count()
    {
        // At rate 0 nothing moves, so that one evaluation afterwards sees the same net.
        Sequential<float> model = [new Dense<float>(2, 3, new RandomSource(3))];
        model.Parameters[0].Assign(Matrix<float>.Build.Dense(2, 3, (i, j) => (float)(i == 0 ? Math.Cos(2 * j) : Math.Sin(2 * j))));
        int[] labels = [.. Train.Labels.Select((label, i) => i % 4 == 0 ? 1 : label)];
        Dataset<float> data = Train.WithLabels(labels);
        CrossEntropy loss = new() { IgnoredLabel = 1 };
        TrainingResult result = new Trainer<float>(model, loss, new Sgd<float>(model.Parameters, 0)) { Epochs = 1 }.Fit(new Batches<float>(data, BatchSize));
        float[,] scores = (data.ToMatrix() * model.Parameters[0].Value).ToArray();
        int counted = 0, right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 1)
                continue;
            float[] row = [.. Enumerable.Range(0, 3).Select(j => scores[i, j] + model.Parameters[1].Value[0, j])];
            counted++;
            right += Array.IndexOf(row, row.Max()) == labels[i] ? 1 : 0;
        }

        Assert.InRange(right, 1, counted - 1);
        Assert.Equal((double)right / counted, result.History[0].TrainScore);
        Assert.Equal(counted, new Evaluator<float>(model, loss).Evaluate(data).Count);
    }

    [Fact]
    public void A_constant_output_predicts_the_first_class_alone()
    {
        Sequential<float> model = [new Dense<float>(2, 3, new RandomSource(1), initializer: Initializer.Zeros)];
        TrainingResult result = new Trainer<float>(model, new CrossEntropy(), new Sgd<float>(model.Parameters, 0)) { Epochs = 1 }.Fit(new Batches<float>(Train, BatchSize));
        Assert.Equal(Train.Labels.Count(label => label == 0) / (double)Train.Count, result.History[0].TrainScore);
        Assert.Equal(result.History[0].TrainScore, new Evaluator<float>(model).Evaluate(Train).Accuracy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_gradient_that_is_not_finite_ends_training_or_is_skipped(bool skip)
    {
        // The root's slope at 0 is infinite, its value is 0: the loss stays finite.
        Sequential<float> model = [new Dense<float>(2, 3, new RandomSource(1))];
        Sgd<float> optimizer = new(model.Parameters, 0.1) { NonFiniteGradients = skip ? NonFiniteGradients.Skip : NonFiniteGradients.Refuse };
        Trainer<float> trainer = new(model, (logits, _) => ((logits - logits) * logits).Sqrt().Sum(), optimizer) { Epochs = 1 };
        byte[] before = Bits(model);
        if (skip)
        {
            trainer.Fit(new Batches<float>(Train, BatchSize));
            Assert.Equal((0L, 7L), (optimizer.Steps, optimizer.SkippedSteps));
        }
        else
        {
            TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(new Batches<float>(Train, BatchSize)));
            Assert.Contains("The gradient of parameter 'weight' (2x3, Parameters[0]) is NaN at [0, 0] in epoch 1, batch 1", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Bits(model));
    }

    private static byte[] Fitted(Run run)
    {
        run.Fit();
        return Bits(run.Model);
    }

    private static byte[] Bits(Layer<float> model) =>
    [
        .. model.NamedParameters().SelectMany(named => named.Parameter.Value.ToColumnMajorArray()).SelectMany(BitConverter.GetBytes),
        .. model.NamedBuffers().SelectMany(named => named.Value.ToColumnMajorArray()).SelectMany(BitConverter.GetBytes),
    ];

    private static EpochRecord[] WithoutSeconds(IEnumerable<EpochRecord> history) => [.. history.Select(record => record with { Seconds = 0 })];

    /// <summary>A training in which everything random or remembered takes part.</summary>
    private sealed class Run
    {
        public static readonly Schedule Schedule = Schedule.LinearWarmup(1).Then(Schedule.Cosine(30));

        public Run(long seed = 7, int hidden = 8)
        {
            Model = Net(seed, hidden);
            Optimizer = new Adam<float>(Model.Parameters, 0.01) { Clipping = GradientClipping.ByNorm(1) };
            Trainer = new Trainer<float>(Model, new LabelSmoothing(0.1), Optimizer) { Epochs = 4, Schedule = Schedule };
            Batches = new Batches<float>(Train, BatchSize, new RandomSource(seed).Fork("shuffle"));
        }

        public Sequential<float> Model { get; }

        public Adam<float> Optimizer { get; }

        public Trainer<float> Trainer { get; }

        public Batches<float> Batches { get; }

        public static Sequential<float> Net(long seed, int hidden)
        {
            RandomSource random = new(seed);
            return new(
                new Dense<float>(2, hidden, random),
                new BatchNorm<float>(hidden),
                new Relu<float>(),
                new Dropout<float>(0.1, seed),
                new Dense<float>(hidden, hidden, random),
                new Gelu<float>(),
                new Dense<float>(hidden, 3, random));
        }

        public TrainingResult Fit(CancellationToken cancellation = default) => Trainer.Fit(Batches, Validation, cancellation);
    }

    /// <summary>A net that gives NaN in evaluation mode.</summary>
    private sealed class Blind : Layer<float>
    {
        private readonly Dense<float> dense = new(2, 3, new RandomSource(1));

        public override string Description => "Blind";

        public override IReadOnlyList<Layer<float>> Children => [dense];

        public override IReadOnlyList<Parameter<float>> Parameters => dense.Parameters;

        public override int OutputColumns(int inputColumns) => 3;

        public override Variable<float> Forward(Variable<float> x) => IsTraining ? dense.Forward(x) : dense.Forward(x) * float.NaN;
    }

    private sealed class Growing : Schedule
    {
        public override double Length => double.PositiveInfinity;

        public override string Description => "growing";

        protected override double At(double position) => Math.Pow(2, Math.Floor(position));
    }

    private sealed class Exploding : Schedule
    {
        public override double Length => double.PositiveInfinity;

        public override string Description => "exploding";

        protected override double At(double position) => 1e30;
    }
}
