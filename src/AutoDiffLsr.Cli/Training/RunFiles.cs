using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>The files that a training leaves in its folder.</summary>
internal static class RunFiles
{
    public const string Metrics = "metrics.json";
    public const string History = "history.csv";
    public const string Weights = "weights.json";

    /// <summary>Writes the weights: the one place that knows their format.</summary>
    public static void SaveWeights(OutputFolder folder, Sequential<float> model) =>
        File.WriteAllText(folder[Weights], JsonTarget.Render(writer => WriteWeights(writer, model)));

    public static void SaveMetrics(OutputFolder folder, TrainMetrics metrics) =>
        File.WriteAllText(folder[Metrics], JsonTarget.Render(writer => JsonSerializer.Serialize(writer, metrics, ToolJson.Default.TrainMetrics)));

    /// <summary>A row for each epoch; the number of digits gives each number back.</summary>
    public static void SaveHistory(OutputFolder folder, IEnumerable<EpochRecord> history)
    {
        StringBuilder table = new("epoch,learning_rate,train_loss,train_accuracy,test_loss,test_accuracy,seconds\n");
        foreach (EpochRecord row in history)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"{row.Epoch},{row.LearningRate:R},{row.TrainLoss:R},{row.TrainAccuracy:R},{row.ValidationLoss:R},{row.ValidationAccuracy:R},{row.Seconds:F6}\n");
        }

        File.WriteAllText(folder[History], table.ToString());
    }

    private static void WriteWeights(Utf8JsonWriter writer, Sequential<float> model)
    {
        writer.WriteStartObject();
        foreach (NamedParameter<float> named in model.NamedParameters())
        {
            // Column by column is PyTorch's order of the transposed matrix: out x in, row by row.
            writer.WriteStartObject(named.Name);
            writer.WriteStartArray("shape");
            writer.WriteNumberValue(named.Parameter.Shape.Columns);
            writer.WriteNumberValue(named.Parameter.Shape.Rows);
            writer.WriteEndArray();
            writer.WriteStartArray("values");
            foreach (float value in named.Parameter.Value.ToColumnMajorArray())
                writer.Write(value);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
