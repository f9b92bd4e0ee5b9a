using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Evaluate;

/// <summary>The metrics of a model, as text and as JSON.</summary>
internal sealed class EvaluationReport(string data, Evaluation evaluation, IReadOnlyList<string> classes, IReadOnlyList<string> targets, int? seenInTraining)
{
    /// <summary>Above this, the table of confusions is for machines.</summary>
    private const int MostClassesOnScreen = 20;

    /// <summary>Above this, only the pairs of classes that occurred are written: a whole table would grow with the square of the classes.</summary>
    private const int MostClassesInTable = 1000;

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("data", data);
        json.WriteNumber("samples", evaluation.Count);
        if (seenInTraining is { } seen)
            json.WriteNumber("seen_in_training", seen);
        json.WriteString("task", IsRegression ? "regression" : "classification");
        if (IsRegression)
        {
            WriteErrors(json);
            json.WriteEndObject();
            return;
        }

        json.WriteNumber("accuracy", evaluation.Accuracy);
        json.WriteNumber($"top_{Top}_accuracy", evaluation.TopAccuracy);
        WriteNumber(json, "nll", evaluation.NegativeLogLikelihood);
        json.WriteNumber("ece", evaluation.CalibrationError);
        json.WriteStartArray("classes");
        foreach (string name in classes)
            json.WriteStringValue(name);
        json.WriteEndArray();
        if (classes.Count > MostClassesInTable)
            WritePairs(json);
        else
            WriteTable(json);
        json.WriteEndObject();
    }

    /// <summary>Label, predicted class and count of each pair that occurred.</summary>
    private void WritePairs(Utf8JsonWriter json)
    {
        json.WriteStartArray("confusion_pairs");
        foreach (Confusion pair in evaluation.Confusions)
        {
            json.WriteStartArray();
            json.WriteNumberValue(pair.Label);
            json.WriteNumberValue(pair.Predicted);
            json.WriteNumberValue(pair.Count);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void WriteTable(Utf8JsonWriter json)
    {
        json.WriteStartArray("confusion");
        for (int label = 0; label < classes.Count; label++)
        {
            json.WriteStartArray();
            for (int predicted = 0; predicted < classes.Count; predicted++)
                json.WriteNumberValue(evaluation.Confusion(label, predicted));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private bool IsRegression => evaluation.Kind == TargetKind.Numbers;

    /// <summary>Errors in the targets' units, over all targets and of each.</summary>
    private void WriteErrors(Utf8JsonWriter json)
    {
        WriteNumber(json, "rmse", evaluation.RootMeanSquaredError);
        WriteNumber(json, "mae", evaluation.MeanAbsoluteError);
        WriteNumber(json, "r2", evaluation.RSquared);
        json.WriteStartArray("targets");
        for (int i = 0; i < targets.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", targets[i]);
            WriteNumber(json, "rmse", evaluation.RootMeanSquaredErrorOf(i));
            WriteNumber(json, "mae", evaluation.MeanAbsoluteErrorOf(i));
            WriteNumber(json, "r2", evaluation.RSquaredOf(i));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteErrorText(TextWriter writer)
    {
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data}: {evaluation.Count} samples, rmse {evaluation.RootMeanSquaredError:G5}, mae {evaluation.MeanAbsoluteError:G5}, R2 {evaluation.RSquared:F4} ({string.Join(", ", targets)})"));
        for (int i = 0; i < targets.Count && targets.Count > 1; i++)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {targets[i]}: rmse {evaluation.RootMeanSquaredErrorOf(i):G5}, mae {evaluation.MeanAbsoluteErrorOf(i):G5}, R2 {evaluation.RSquaredOf(i):F4}"));
    }

    public void WriteText(TextWriter writer)
    {
        if (IsRegression)
        {
            WriteErrorText(writer);
            return;
        }

        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data}: {evaluation.Count} samples, accuracy {evaluation.Accuracy:P2}, {(Top < classes.Count ? string.Create(CultureInfo.InvariantCulture, $"among the first {Top} {evaluation.TopAccuracy:P2}, ") : "")}nll {evaluation.NegativeLogLikelihood:F4}, ece {evaluation.CalibrationError:F4}"));
        if (classes.Count > MostClassesOnScreen)
            return;
        writer.WriteLine("a row a class, a column a prediction:");
        int width = Math.Max(6, classes.Max(name => name.Length)) + 1;
        writer.WriteLine(new string(' ', width) + string.Concat(classes.Select(name => name.PadLeft(width))));
        for (int label = 0; label < classes.Count; label++)
        {
            IEnumerable<string> cells = Enumerable.Range(0, classes.Count).Select(predicted => evaluation.Confusion(label, predicted).ToString(CultureInfo.InvariantCulture).PadLeft(width));
            writer.WriteLine(classes[label].PadRight(width) + string.Concat(cells));
        }
    }

    private int Top => Math.Min(evaluation.Top, classes.Count);

    /// <summary>A likelihood of 0 makes it infinite, which JSON does not have.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }
}
