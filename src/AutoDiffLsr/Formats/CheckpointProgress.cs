using System.Numerics;
using System.Text.Json;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Formats;

/// <summary>Where a training is and what it has seen, as JSON. Numbers are written with the digits that give the same bits back.</summary>
internal static class CheckpointProgress
{
    public static void Write<T>(Utf8JsonWriter json, TrainingState<T> state)
        where T : struct, IFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        TrainingProgress progress = state.Progress;
        json.WriteNumber("epochs_done", progress.EpochsDone);
        json.WriteBoolean("epoch_begun", progress.EpochBegun);
        json.WriteNumber("epoch_state", progress.EpochState);
        json.WriteNumber("position", progress.Position);
        json.WriteNumber("samples", progress.Samples);
        json.WriteNumber("batch_size", progress.BatchSize);
        WriteNumber(json, "base_learning_rate", progress.BaseLearningRate);
        WriteNumber(json, "learning_rate", progress.LearningRate);
        WriteNumber(json, "loss_sum", progress.LossSum);
        WriteNumber(json, "loss_weight", progress.LossWeight);
        json.WriteNumber("correct", progress.Correct);
        WriteNumber(json, "squared_errors", progress.SquaredErrors);
        json.WriteNumber("counted", progress.Counted);
        WriteNumber(json, "seconds", progress.Seconds);
        WriteNumber(json, "best_value", progress.BestValue);
        json.WriteNumber("best_epoch", progress.BestEpoch);
        json.WriteStartArray("history");
        foreach (EpochRecord record in state.History)
            Write(json, record);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>All but the tensors and counters, which are read elsewhere.</summary>
    public static TrainingState<T> Read<T>(JsonFields json)
        where T : struct, IFloatingPointIeee754<T>
    {
        json.RequireOnly(
            "epochs_done", "epoch_begun", "epoch_state", "position", "samples", "batch_size", "base_learning_rate", "learning_rate", "loss_sum", "loss_weight", "correct", "squared_errors", "counted", "seconds", "best_value", "best_epoch", "history");
        TrainingState<T> state = new()
        {
            Progress = new TrainingProgress
            {
                EpochsDone = json.Get("epochs_done").Count(0),
                EpochBegun = json.Get("epoch_begun").Boolean(),
                EpochState = json.Get("epoch_state").Bits(),
                Position = json.Get("position").Count(0),
                Samples = json.Get("samples").Count(0),
                BatchSize = json.Get("batch_size").Count(0),
                BaseLearningRate = json.Get("base_learning_rate").Double(),
                LearningRate = json.Get("learning_rate").Double(),
                LossSum = json.Get("loss_sum").Double(),
                LossWeight = json.Get("loss_weight").Double(),
                Correct = json.Get("correct").LongCount(),
                SquaredErrors = json.Find("squared_errors")?.Double() ?? 0, // absent in older files
                Counted = json.Get("counted").LongCount(),
                Seconds = json.Get("seconds").Double(),
                BestValue = json.Get("best_value").OptionalDouble(),
                BestEpoch = json.Get("best_epoch").Count(0),
            },
            History = json.Get("history").List(ReadRecord),
            Tensors = [],
            Counters = new Dictionary<string, ulong>(),
        };
        Check(json, state.Progress, state.History);
        return state;
    }

    /// <summary>What would not be noticed before training goes on, or not at all.</summary>
    private static void Check(JsonFields json, TrainingProgress progress, IReadOnlyList<EpochRecord> history)
    {
        if (history.Count != progress.EpochsDone || progress.BestEpoch > progress.EpochsDone || progress.BestValue is null != (progress.BestEpoch == 0))
            throw json.Error($"{history.Count} rows of history and best epoch {progress.BestEpoch}", $"those of {progress.EpochsDone} epochs");
        long batches = progress.BatchSize == 0 ? 0 : (progress.Samples + (progress.BatchSize - 1L)) / progress.BatchSize;
        if (progress.Position > batches || (!progress.EpochBegun && progress.Position > 0))
            throw json.Error($"position {progress.Position}", $"at most {batches} batches, and 0 where no epoch has begun");
        if (!(progress.BaseLearningRate >= 0 && double.IsFinite(progress.BaseLearningRate)))
            throw json.Error(FormattableString.Invariant($"base_learning_rate {progress.BaseLearningRate}"), "a finite number, 0 or more");
    }

    private static void Write(Utf8JsonWriter json, EpochRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", record.Epoch);
        WriteNumber(json, "train_loss", record.TrainLoss);
        WriteNumber(json, "train_score", record.TrainScore);
        WriteNumber(json, "validation_loss", record.ValidationLoss);
        WriteNumber(json, "validation_score", record.ValidationScore);
        WriteNumber(json, "learning_rate", record.LearningRate);
        WriteNumber(json, "seconds", record.Seconds);
        json.WriteEndObject();
    }

    private static EpochRecord ReadRecord(JsonFields json)
    {
        json.RequireOnly("epoch", "train_loss", "train_score", "train_accuracy", "validation_loss", "validation_score", "validation_accuracy", "learning_rate", "seconds");
        return new(
            json.Get("epoch").Count(1),
            json.Get("train_loss").Double(),
            Score(json, "train").Double(),
            json.Get("validation_loss").OptionalDouble(),
            Score(json, "validation").OptionalDouble(),
            json.Get("learning_rate").Double(),
            json.Get("seconds").Double());
    }

    /// <summary>The score, which was always an accuracy in older files.</summary>
    private static JsonFields Score(JsonFields json, string part) => json.Find($"{part}_accuracy") ?? json.Get($"{part}_score");

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        JsonFields.WriteDouble(json, value);
    }
}
