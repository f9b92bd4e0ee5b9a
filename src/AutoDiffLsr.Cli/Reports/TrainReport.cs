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
    /// <param name="commandLine">What was run.</param>
    public static Page Create(TrainingRun run, TrainMetrics metrics, BoundaryFrames? boundary, string commandLine)
    {
        ModelOutputs<float> outputs = ModelOutputs<float>.Of(run.Model, run.Data.Test);
        Page page = new($"{metrics.Data.Name}: {Loss(metrics)}");
        AddResults(page, run, metrics);
        page.Heading("Training").Charts(HistoryCharts.Of(run.History));
        boundary?.Append(page, run.Model);
        AddPredictions(page, run, outputs);
        AddFeatures(page, run);
        FilterPictures.Append(page, run.Model);
        AddSettings(page, metrics, commandLine);
        return page;
    }

    private static void AddResults(Page page, TrainingRun run, TrainMetrics metrics)
    {
        if (metrics.Interrupted)
            page.Text(string.Create(CultureInfo.InvariantCulture, $"This training was interrupted after {metrics.EpochsDone} of {metrics.Epochs} epochs."));
        ModelOutputs<float> training = ModelOutputs<float>.Of(run.Model, run.Data.Train);
        Confidence confidence = Confidence.Of(training.Logits, training.Labels);
        page.Heading("Result").Table(
            ["", "test", "training"],
            [
                ["accuracy", Percent(metrics.Test.Accuracy), Percent(metrics.Train.Accuracy)],
                ["loss", Number(metrics.Test.Loss), Number(metrics.Train.Loss)],
                ["negative log-likelihood, nats", Number(metrics.Test.Nll), ""],
                ["expected calibration error", Number(metrics.Test.Ece), ""],
                ["mean probability of the label", "", Number(confidence.TargetProbability)],
                ["mean margin, nats", "", Number(confidence.Margin)],
                ["saturated samples, 1 - p < 1e-7", "", Percent(confidence.SaturatedShare)],
                ["KL(uniform ‖ other classes), nats", "", Number(confidence.NonTargetDivergence)],
            ]);
    }

    private static void AddPredictions(Page page, TrainingRun run, ModelOutputs<float> outputs)
    {
        Evaluation evaluation = new(run.Data.Test.Classes);
        evaluation.Add(outputs.Logits, outputs.Labels);
        page.Heading("Confusion on the test part");
        ConfusionTable.Append(page, evaluation, run.Data.Test.ClassNames);
        page.Heading("Calibration on the test part").Charts(ReliabilityCharts.Of(ReliabilityBin.Of(outputs.Logits, outputs.Labels)));
        MistakePictures.Append(page, run.Data.Test, run.Data.Standardization, Prediction.All(outputs.Logits, outputs.Labels));
    }

    private static void AddFeatures(Page page, TrainingRun run)
    {
        page.Heading("Penultimate features of the test part");
        if (!FeaturePanels.Suits(run.Model, run.Data.Test))
        {
            page.Text(run.Model.Count > 1 ? "There are too few samples for a picture." : "A linear model has no hidden layer, so it has no features of its own.");
            return;
        }

        FeatureSettings settings = new(FeaturePanels.DefaultSamples, null, null, run.Settings.Training.Seed);
        FeaturePanels panels = FeaturePanels.Of(Loss(run.Settings.Loss.Name, run.Settings.Loss.EffectiveSmoothing), run.Model, run.Data.Test, settings, null, default);
        page.Charts(panels.Charts).Note(panels.Caption + " Distances between the clusters of a t-SNE and their sizes mean little; the plane is a plain projection.");
    }

    private static void AddSettings(Page page, TrainMetrics metrics, string commandLine)
    {
        page.Heading("Settings").Facts(
        [
            ("data", string.Create(CultureInfo.InvariantCulture, $"{metrics.Data.Name}: {metrics.Data.TrainSamples} samples to train on, {metrics.Data.TestSamples} to test on, {metrics.Data.Features} features, {metrics.Data.Classes} classes, {metrics.LabelNoise:P0} of the training labels made wrong")),
            ("model", string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", metrics.Model.Layers)}: {metrics.Model.Parameters} parameters")),
            ("loss", Loss(metrics)),
            ("optimizer", string.Create(CultureInfo.InvariantCulture, $"{metrics.Optimizer}, learning rate {metrics.LearningRate}, momentum {metrics.Momentum}, weight decay {metrics.WeightDecay}, schedule {metrics.Schedule}")),
            ("training", string.Create(CultureInfo.InvariantCulture, $"{metrics.EpochsDone} of {metrics.Epochs} epochs, batches of {metrics.BatchSize}, seed {metrics.Seed}")),
            ("time", string.Create(CultureInfo.InvariantCulture, $"{metrics.Seconds.Train:0.00} s of training, {metrics.SamplesPerSecond:0} samples a second")),
        ]).Code(commandLine);
    }

    private static string Loss(TrainMetrics metrics) => Loss(metrics.Loss, metrics.Smoothing);

    private static string Loss(string name, double smoothing) => smoothing == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {smoothing}");

    private static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
