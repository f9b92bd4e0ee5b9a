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
        json.WriteNumber("epochs_done", state.EpochsDone);
        json.WriteBoolean("epoch_begun", state.EpochBegun);
        json.WriteNumber("epoch_state", state.EpochState);
        json.WriteNumber("position", state.Position);
        json.WriteNumber("samples", state.Samples);
        json.WriteNumber("batch_size", state.BatchSize);
        WriteNumber(json, "base_learning_rate", state.BaseLearningRate);
        WriteNumber(json, "learning_rate", state.LearningRate);
        WriteNumber(json, "loss_sum", state.LossSum);
        WriteNumber(json, "loss_weight", state.LossWeight);
        json.WriteNumber("correct", state.Correct);
        json.WriteNumber("counted", state.Counted);
        WriteNumber(json, "seconds", state.Seconds);
        WriteNumber(json, "best_value", state.BestValue);
        json.WriteNumber("best_epoch", state.BestEpoch);
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
            "epochs_done", "epoch_begun", "epoch_state", "position", "samples", "batch_size", "base_learning_rate", "learning_rate", "loss_sum", "loss_weight", "correct", "counted", "seconds", "best_value", "best_epoch", "history");
        TrainingState<T> state = new()
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
            Counted = json.Get("counted").LongCount(),
            Seconds = json.Get("seconds").Double(),
            BestValue = json.Get("best_value").OptionalDouble(),
            BestEpoch = json.Get("best_epoch").Count(0),
            History = json.Get("history").List(ReadRecord),
            Tensors = [],
            Counters = new Dictionary<string, ulong>(),
        };
        Check(json, state);
        return state;
    }

    /// <summary>What would not be noticed before training goes on, or not at all.</summary>
    private static void Check<T>(JsonFields json, TrainingState<T> state)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (state.History.Count != state.EpochsDone || state.BestEpoch > state.EpochsDone)
            throw json.Error($"{state.History.Count} rows of history and best epoch {state.BestEpoch}", $"those of {state.EpochsDone} epochs");
        long batches = state.BatchSize == 0 ? 0 : (state.Samples + (state.BatchSize - 1L)) / state.BatchSize;
        if (state.Position > batches || (!state.EpochBegun && state.Position > 0))
            throw json.Error($"position {state.Position}", $"at most {batches} batches, and 0 where no epoch has begun");
        if (!(state.BaseLearningRate >= 0 && double.IsFinite(state.BaseLearningRate)))
            throw json.Error(FormattableString.Invariant($"base_learning_rate {state.BaseLearningRate}"), "a finite number, 0 or more");
    }

    private static void Write(Utf8JsonWriter json, EpochRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", record.Epoch);
        WriteNumber(json, "train_loss", record.TrainLoss);
        WriteNumber(json, "train_accuracy", record.TrainAccuracy);
        WriteNumber(json, "validation_loss", record.ValidationLoss);
        WriteNumber(json, "validation_accuracy", record.ValidationAccuracy);
        WriteNumber(json, "learning_rate", record.LearningRate);
        WriteNumber(json, "seconds", record.Seconds);
        json.WriteEndObject();
    }

    private static EpochRecord ReadRecord(JsonFields json)
    {
        json.RequireOnly("epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "learning_rate", "seconds");
        return new(
            json.Get("epoch").Count(1),
            json.Get("train_loss").Double(),
            json.Get("train_accuracy").Double(),
            json.Get("validation_loss").OptionalDouble(),
            json.Get("validation_accuracy").OptionalDouble(),
            json.Get("learning_rate").Double(),
            json.Get("seconds").Double());
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        JsonFields.WriteDouble(json, value);
    }
}
