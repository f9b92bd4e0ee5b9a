using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>The files that a training leaves in its folder.</summary>
internal static class RunFiles
{
    public const string Metrics = "metrics.json";
    public const string History = "history.csv";
    public const string Model = "model.safetensors";
    public const string Checkpoint = "checkpoint.safetensors";

    /// <summary>Writes the model with all that it needs to be used: weights, standardization and names.</summary>
    public static void SaveModel(OutputFolder folder, TrainingRun run)
    {
        if (run.Data.Encoder is { } encoder)
        {
            Save(folder, new TableModel<float>(run.Model, encoder, SettingsOf(run)).Model, run.Provenance);
            return;
        }

        bool isBinary = run.Settings.Loss.Kind == LossKind.BinaryCrossEntropy;
        ModelInfo info = new()
        {
            Targets = isBinary ? TargetKind.BinaryLabels : TargetKind.Labels,
            ClassNames = run.Data.Train.ClassNames,
            FeatureNames = run.Data.Train.FeatureNames,
            ImageSize = run.Data.Train.ImageSize,
            Settings = SettingsOf(run),
        };
        Save(folder, new Model<float>(isBinary ? new Sequential<float>([.. run.Model, new Sigmoid<float>()]) : run.Model, run.Data.Standardization, info), run.Provenance);
    }

    public static void SaveMetrics(OutputFolder folder, TrainMetrics metrics) =>
        folder.Write(Metrics, JsonTarget.Render(writer => JsonSerializer.Serialize(writer, metrics, ToolJson.Default.TrainMetrics)));

    /// <summary>A row for each epoch; the number of digits gives each number back.</summary>
    public static void SaveHistory(OutputFolder folder, TrainingRun run)
    {
        (string part, string score) = (run.Data.Validation is null ? "test" : "validation", run.Data.IsRegression ? "rmse" : "accuracy");
        StringBuilder table = new($"epoch,learning_rate,train_loss,train_{score},{part}_loss,{part}_{score},seconds\n");
        foreach (EpochRecord row in run.History)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"{row.Epoch},{row.LearningRate:R},{row.TrainLoss:R},{row.TrainScore:R},{row.ValidationLoss:R},{row.ValidationScore:R},{row.Seconds:F6}\n");
        }

        folder.Write(History, table.ToString());
    }

    private static void Save(OutputFolder folder, Model<float> model, RunProvenance? provenance)
    {
        Dictionary<string, string> attachments = new(model.Info.Attachments);
        if (provenance is not null)
            attachments[RunProvenance.Key] = provenance.ToJson();
        new Model<float>(model.Layers, model.Standardization, model.Info with { Attachments = attachments }).Save(folder[Model]);
    }

    private static Dictionary<string, string> SettingsOf(TrainingRun run) => new()
    {
        ["data"] = run.Settings.Data.Source,
        ["loss"] = run.Settings.Loss.Name,
        ["smoothing"] = run.Settings.Loss.EffectiveSmoothing.ToString("R", CultureInfo.InvariantCulture),
        ["seed"] = run.Settings.Training.Seed.ToString(CultureInfo.InvariantCulture),
    };
}
