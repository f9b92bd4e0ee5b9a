using System.Runtime.InteropServices;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Tests.Training;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

public sealed class CheckpointTests
{
    private static readonly Dataset<double> Train = Clouds.Make<double>(50, seed: 1), Validation = Clouds.Make<double>(20, seed: 2);

    private static readonly Dictionary<string, string> Description = new() { ["seed"] = "7", ["layers"] = "Dense 2 -> 6, Relu" };

    [Fact]
    public void Training_goes_on_from_a_file_to_the_same_bits_after_any_batch()
    {
        using TemporaryFolder folder = new();
        Run whole = new(seed: 7);
        EpochRecord[] history = whole.Fit();
        for (int stop = 1; stop <= 3 * 4; stop++)
        {
            Run first = new(seed: 7), second = new(seed: 99);
            first.Fit(stop);
            Checkpoint.Save(folder["c"], first.Trainer.Capture(), Description);
            Checkpoint.Resume(folder["c"], second.Trainer, Description);
            Assert.Equal(history, second.Fit());
            Assert.Equal(whole.Bits(), second.Bits());
        }
    }

    [Fact]
    public void The_file_gives_back_all_of_the_state()
    {
        using TemporaryFolder folder = new();
        Run run = new(seed: 7);
        run.Fit(stop: 6);
        TrainingState<double> state = run.Trainer.Capture();
        state = state with
        {
            Progress = state.Progress with
            {
                LossSum = double.NaN,
                BestValue = double.NegativeInfinity,
                BestEpoch = 1,
                Seconds = -0.0,
                SquaredErrors = 0.1,
                EpochState = ulong.MaxValue,
            },
            History = [new(1, double.Epsilon, 0.1, null, null, double.MaxValue, double.PositiveInfinity)],
        };
        Checkpoint.Save(folder["c"], state, Description);
        TrainingState<double> loaded = Checkpoint.Load<double>(folder["c"], Description);
        Assert.Equal(state.History, loaded.History);
        Assert.Equal(state.Counters.OrderBy(counter => counter.Key), loaded.Counters.OrderBy(counter => counter.Key));
        Assert.Equal(state.Tensors.OrderBy(tensor => tensor.Name), loaded.Tensors.OrderBy(tensor => tensor.Name));
        Assert.Equal(BitConverter.DoubleToInt64Bits(state.Progress.Seconds), BitConverter.DoubleToInt64Bits(loaded.Progress.Seconds));
        Assert.Equal(state with { History = [], Tensors = [], Counters = loaded.Counters }, loaded with { History = [], Tensors = [] });
    }

    [Fact]
    public void Progress_of_an_older_file_is_read()
    {
        const string older = """
            {"epochs_done":1,"epoch_begun":true,"epoch_state":5,"position":2,"samples":100,"batch_size":16,"base_learning_rate":0.1,"learning_rate":0.05,"loss_sum":3,"loss_weight":32,
             "correct":20,"counted":32,"seconds":1.5,"best_value":0.7,"best_epoch":1,
             "history":[{"epoch":1,"train_loss":0.9,"train_accuracy":0.5,"validation_loss":0.7,"validation_accuracy":0.6,"learning_rate":0.1,"seconds":2}]}
            """;
        TrainingState<float> state = JsonFields.Parse("old", "progress", older, CheckpointProgress.Read<float>);
        Assert.Equal(new EpochRecord(1, 0.9, 0.5, 0.7, 0.6, 0.1, 2), Assert.Single(state.History));
        TrainingProgress expected = new()
        {
            EpochsDone = 1,
            EpochBegun = true,
            EpochState = 5,
            Position = 2,
            Samples = 100,
            BatchSize = 16,
            BaseLearningRate = 0.1,
            LearningRate = 0.05,
            LossSum = 3,
            LossWeight = 32,
            Correct = 20,
            Counted = 32,
            Seconds = 1.5,
            BestValue = 0.7,
            BestEpoch = 1,
        };
        Assert.Equal(expected, state.Progress);
    }

    [Theory]
    [InlineData("seed", "8", "seed is \"7\" there and \"8\" here")]
    [InlineData("seed", null, "seed is \"7\" there and not given here")]
    [InlineData("layers", "Dense 2 -> 9, Relu", "layers is \"Dense 2 -> 6, Relu\" there and \"Dense 2 -> 9, Relu\" here")]
    [InlineData("smoothing", "0.1", "smoothing is not given there and \"0.1\" here")]
    public void A_checkpoint_of_another_training_names_the_difference(string key, string? value, string reason)
    {
        using TemporaryFolder folder = new();
        Checkpoint.Save(folder["c"], new Run(7).Trainer.Capture(), Description);
        Dictionary<string, string> other = new(Description);
        other.Remove(key);
        if (value is not null)
            other[key] = value;
        AssertRefused(() => Checkpoint.Load<double>(folder["c"], other), reason);
    }

    [Fact]
    public void A_checkpoint_of_another_model_or_type_is_refused_and_changes_nothing()
    {
        using TemporaryFolder folder = new();
        Checkpoint.Save(folder["c"], new Run(7).Trainer.Capture(), Description);
        Run other = new(7, hidden: 9);
        byte[] before = other.Bits();
        AssertRefused(() => Checkpoint.Resume(folder["c"], other.Trainer, Description), "is a checkpoint of another training: 'model.0.weight' is 2x6 in the state, here it is 2x9.");
        Assert.Equal(before, other.Bits());
        AssertRefused(() => Checkpoint.Load<float>(folder["c"], Description), "of type F64, expected F32, as this training has");
    }

    [Fact]
    public void A_model_is_no_checkpoint_and_a_checkpoint_no_model()
    {
        using TemporaryFolder folder = new();
        new Model<double>(new Run(7).Net).Save(folder["m"]);
        AssertRefused(() => Checkpoint.Load<double>(folder["m"], Description), "found no autodifflsr_checkpoint 1 in its metadata");
        Checkpoint.Save(folder["c"], new Run(7).Trainer.Capture(), Description);
        AssertRefused(() => Model.Load(folder["c"]), "found no autodifflsr_model 1 in its metadata");
    }

    [Fact]
    public void A_counter_that_is_no_single_number_is_refused()
    {
        using TemporaryFolder folder = new();
        Checkpoint.Save(folder["c"], new Run(7).Trainer.Capture(), Description);
        SafetensorsWriter changed = new();
        using (SafetensorsReader reader = SafetensorsReader.Open(folder["c"]))
        {
            foreach ((string key, string value) in reader.Metadata)
                changed.Metadata[key] = value;
            foreach (TensorEntry entry in reader.Tensors.Where(entry => entry.Type == TensorType.U64))
                changed.Add<ulong>(entry.Name, new ulong[] { 1, 2 }, 2);
        }

        changed.Save(folder["d"]);
        AssertRefused(() => Checkpoint.Load<double>(folder["d"], Description), "of shape [2], expected a single number");
    }

    [Fact]
    public void A_position_beyond_the_epoch_is_refused()
    {
        using TemporaryFolder folder = new();
        Run run = new(7);
        run.Fit();
        TrainingState<double> state = run.Trainer.Capture();
        int batches = (state.Progress.Samples + state.Progress.BatchSize - 1) / state.Progress.BatchSize;
        Assert.True(batches > 1);
        foreach (int position in new[] { 1, batches, batches + 1 })
        {
            Checkpoint.Save(folder["c"], state with { Progress = state.Progress with { EpochBegun = true, Position = position } }, Description);
            if (position <= batches)
                Assert.Equal(position, Checkpoint.Load<double>(folder["c"], Description)!.Progress.Position);
            else
                AssertRefused(() => Checkpoint.Load<double>(folder["c"], Description), $"position {position}, expected at most {batches} batches");
        }
    }

    [Theory]
    [InlineData("\"position\":0", "\"position\":1", "found progress with position 1, expected at most 0 batches")]
    [InlineData("\"best_epoch\":0", "\"best_epoch\":1", "found progress with 0 rows of history and best epoch 1, expected those of 0 epochs")]
    [InlineData("\"epochs_done\":0", "\"epochs_done\":1", "found progress with 0 rows of history and best epoch 0, expected those of 1 epochs")]
    [InlineData("\"samples\":0", "\"samples\":-1", "found progress, samples with something else")]
    [InlineData("\"base_learning_rate\":0.01", "\"base_learning_rate\":-0.1", "found progress with base_learning_rate -0.1")]
    [InlineData("\"history\":[]", "\"history\":[1]", "found progress, history[0] with something else")]
    [InlineData("\"history\":[]", "\"more\":[]", "found progress with the key \"more\"")]
    public void Progress_that_cannot_be_is_told(string from, string to, string reason)
    {
        using TemporaryFolder folder = new();
        Checkpoint.Save(folder["c"], new Run(7).Trainer.Capture(), Description);
        SafetensorsWriter changed = new();
        using (SafetensorsReader reader = SafetensorsReader.Open(folder["c"]))
        {
            foreach ((string key, string value) in reader.Metadata)
                changed.Metadata[key] = value.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(reader.Metadata["progress"], changed.Metadata["progress"]);
        }

        changed.Save(folder["d"]);
        AssertRefused(() => Checkpoint.Load<double>(folder["d"], Description), reason);
    }

    [Fact]
    public void A_full_disk_and_a_read_only_one_lose_nothing()
    {
        using TemporaryFolder folder = new();
        using SmallDisk disk = SmallDisk.Mount(folder.Path, kilobytes: 64);
        string path = folder["c"];
        Run run = new(7);
        Checkpoint.Save(path, run.Trainer.Capture(), Description);
        byte[] before = File.ReadAllBytes(path);

        Run large = new(7, hidden: 1000);
        AssertRefused(() => Checkpoint.Save(path, large.Trainer.Capture(), Description), "cannot be written: the disk is full; the file that was there is untouched");
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));

        disk.MakeReadOnly();
        AssertRefused(() => Checkpoint.Save(path, run.Trainer.Capture(), Description), "cannot be written: ");
        AssertRefused(() => FolderLock.Acquire(folder.Path), folder.Path);
        Assert.Equal(before, File.ReadAllBytes(path));
        Checkpoint.Resume(path, run.Trainer, Description);
    }

    private static void AssertRefused(Func<object?> action, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(action).Message, StringComparison.Ordinal);

    private static void AssertRefused(Action action, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(action).Message, StringComparison.Ordinal);

    /// <summary>A training with every kind of state: running statistics, dropout, moments, the best weights, a history.</summary>
    private sealed class Run
    {
        private readonly Batches<double> batches;

        public Run(long seed, int hidden = 6)
        {
            RandomSource random = new(seed);
            Net = [new Dense<double>(2, hidden, random), new BatchNorm<double>(hidden), new Relu<double>(), new Dropout<double>(0.2, seed), new Dense<double>(hidden, 3, random)];
            Trainer = new(Net, new LabelSmoothing(0.1), new Adam<double>(Net.Parameters, 0.01)) { Epochs = 3, RestoreBest = true, Schedule = Schedule.Cosine(3) };
            batches = new(Train, batchSize: 13, new RandomSource(seed).Fork("shuffle"));
        }

        public Sequential<double> Net { get; }

        public Trainer<double> Trainer { get; }

        public EpochRecord[] Fit(int stop = int.MaxValue)
        {
            using CancellationTokenSource cancellation = new();
            int done = 0;
            Trainer.AfterBatch = _ =>
            {
                if (++done == stop)
                    cancellation.Cancel();
            };
            return [.. Trainer.Fit(batches, Validation, cancellation.Token).History.Select(record => record with { Seconds = 0 })];
        }

        public byte[] Bits() =>
            [.. Net.NamedParameters().Select(named => named.Parameter.Value).Concat(Net.NamedBuffers().Select(named => named.Value)).SelectMany(value => MemoryMarshal.AsBytes<double>(value.AsColumnMajorArray()).ToArray())];
    }
}
