using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>The report of one training, for people.</summary>
internal static class TrainReport
{
    public const string FileName = "report.html";

    /// <summary>Makes the page.</summary>
    /// <param name="run">A training that has ended.</param>
    /// <param name="metrics">What it came to.</param>
    /// <param name="boundary">The pictures of its decision boundary, or null.</param>
    public static Page Create(TrainingRun run, TrainMetrics metrics, BoundaryFrames? boundary)
    {
        Page page = new($"{metrics.Data.Name}: {Loss(metrics)}");
        if (metrics.Interrupted)
            page.Text(string.Create(CultureInfo.InvariantCulture, $"This training was interrupted after {metrics.EpochsDone} of {metrics.Epochs} epochs."));
        if (run.Data.IsRegression)
            RegressionReport.AddResults(page, metrics);
        else
            AddResults(page, run, metrics);
        TableReport.Append(page, run, metrics);
        page.Heading("Training").Charts(HistoryCharts.Of(run.History, run.Data.IsRegression, run.Data.Validation is null ? "test" : "validation"));
        boundary?.Append(page, run.Model);
        if (run.Data.Test is { } test)
            AddTest(page, run, test);
        FilterPictures.Append(page, run.Model);
        AddSettings(page, metrics);
        if (metrics.Provenance is { } provenance)
            ProvenanceSection.Append(page, provenance);
        return page;
    }

    private static void AddResults(Page page, TrainingRun run, TrainMetrics metrics)
    {
        ModelOutputs<float> training = ModelOutputs<float>.Of(run.ModelOfLogits(), run.Data.Train);
        Confidence confidence = Confidence.Of(training.Logits, training.Labels);
        page.Heading("Result").Table(
            ["", "test", "training"],
            [
                ["accuracy", Percent(metrics.Test?.Accuracy), Percent(metrics.Train.Accuracy)],
                ["loss", Number(metrics.Test?.Loss), Number(metrics.Train.Loss)],
                ["negative log-likelihood, nats", Number(metrics.Test?.Nll), ""],
                ["expected calibration error", Number(metrics.Test?.Ece), ""],
                ["mean probability of the label", "", Number(confidence.TargetProbability)],
                ["mean margin, nats", "", Number(confidence.Margin)],
                ["saturated samples, 1 - p < 1e-7", "", Percent(confidence.SaturatedShare)],
                ["KL(uniform ‖ other classes), nats", "", Number(confidence.NonTargetDivergence)],
            ]);
    }

    private static void AddTest(Page page, TrainingRun run, Dataset<float> test)
    {
        if (run.Data.IsRegression)
        {
            RegressionReport.AddPredictions(page, run, test);
            return;
        }

        AddPredictions(page, test, run.Data.Standardization, ModelOutputs<float>.Of(run.ModelOfLogits(), test));
        AddFeatures(page, run, test);
    }

    private static void AddPredictions(Page page, Dataset<float> test, Standardization<float>? standardization, ModelOutputs<float> outputs)
    {
        Evaluation evaluation = new(test.Classes);
        evaluation.Add(outputs.Logits, outputs.Labels);
        page.Heading("Confusion on the test part");
        ConfusionTable.Append(page, evaluation, test.ClassNames);
        page.Heading("Calibration on the test part").Charts(ReliabilityCharts.Of(ReliabilityBin.Of(outputs.Logits, outputs.Labels)));
        MistakePictures.Append(page, test, standardization, Prediction.All(outputs.Logits, outputs.Labels));
    }

    private static void AddFeatures(Page page, TrainingRun run, Dataset<float> test)
    {
        page.Heading("Penultimate features of the test part");
        if (!FeaturePanels.Suits(run.Model, test))
        {
            page.Text(run.Model.Count > 1 ? "There are too few samples for a picture." : "A linear model has no hidden layer, so it has no features of its own.");
            return;
        }

        FeatureSettings settings = new(FeaturePanels.DefaultSamples, null, null, run.Settings.Training.Seed);
        FeaturePanels panels = FeaturePanels.Of(Loss(run.Settings.Loss.Name, run.Settings.Loss.EffectiveSmoothing), run.ModelOfLogits(), test, settings, null, default);
        page.Charts(panels.Charts).Note(panels.Caption + " Distances between the clusters of a t-SNE and their sizes mean little; the plane is a plain projection.");
    }

    private static void AddSettings(Page page, TrainMetrics metrics)
    {
        page.Heading("Settings").Facts(
        [
            ("data", string.Create(CultureInfo.InvariantCulture, $"{metrics.Data.Name}: {metrics.Data.TrainSamples} samples to train on, {metrics.Data.TestSamples} to test on, {metrics.Data.Features} features, {(metrics.Data.Classes is { } classes ? $"{classes} classes" : "numbers")}, {metrics.LabelNoise:P0} of the training labels made wrong")),
            ("model", string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", metrics.Model.Layers)}: {metrics.Model.Parameters} parameters")),
            ("loss", Loss(metrics)),
            ("optimizer", string.Create(CultureInfo.InvariantCulture, $"{metrics.Optimizer}, learning rate {metrics.LearningRate}, momentum {metrics.Momentum}, weight decay {metrics.WeightDecay}, schedule {metrics.Schedule}")),
            ("training", string.Create(CultureInfo.InvariantCulture, $"{metrics.EpochsDone} of {metrics.Epochs} epochs, batches of {metrics.BatchSize}, seed {metrics.Seed}")),
            ("time", string.Create(CultureInfo.InvariantCulture, $"{metrics.Seconds.Train:0.00} s of training, {metrics.SamplesPerSecond:0} samples a second")),
        ]);
    }

    private static string Loss(TrainMetrics metrics) => Loss(metrics.Loss, metrics.Smoothing);

    private static string Loss(string name, double smoothing) => smoothing == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {smoothing}");

    private static string Percent(double? share) => share is null ? "" : share.Value.ToString("P2", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is null ? "" : value.Value.ToString("0.0000", CultureInfo.InvariantCulture);
}
