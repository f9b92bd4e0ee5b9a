using System.Globalization;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>How the score of an epoch is called and written.</summary>
/// <param name="IsRegression">Whether it is a root mean squared error, and not a share of right predictions.</param>
/// <param name="Part">What training is watched with: "test" or "validation".</param>
internal sealed record ScoreText(bool IsRegression, string Part)
{
    public string Name => IsRegression ? "rmse" : "accuracy";

    public string Of(double? score) => score is null ? "" : score.Value.ToString(IsRegression ? "G5" : "P2", CultureInfo.InvariantCulture);

    /// <summary>An epoch in a line.</summary>
    public string Line(EpochRecord record, int epochs)
    {
        int width = epochs.ToString(CultureInfo.InvariantCulture).Length;
        string epoch = record.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(width);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch}/{epochs}  train loss {record.TrainLoss:F4}  {Name} {Of(record.TrainScore)}{Watched(record)}  {record.Seconds:F2} s");
    }

    /// <summary>An epoch in the longest form that fits into a line of this many letters.</summary>
    public string Line(EpochRecord record, int epochs, int width)
    {
        string watched = record.ValidationLoss is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{record.ValidationLoss:F4} {Of(record.ValidationScore)}");
        string[] forms =
        [
            Line(record, epochs),
            string.Create(CultureInfo.InvariantCulture, $"epoch {record.Epoch}/{epochs}  train {record.TrainLoss:F4} {Of(record.TrainScore)}{(watched.Length > 0 ? $"  {Part} {watched}" : "")}  {record.Seconds:F2} s"),
            string.Create(CultureInfo.InvariantCulture, $"{record.Epoch}/{epochs}  {record.TrainLoss:F4} {Of(record.TrainScore)}  {watched}").TrimEnd(),
        ];
        return forms.FirstOrDefault(form => form.Length <= width) ?? forms[^1];
    }

    /// <summary>What the numbers of the shorter forms are.</summary>
    public string Legend => $"each epoch: loss and {Name}, of train and {Part}";

    private string Watched(EpochRecord record) => record.ValidationLoss is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"  {Part} loss {record.ValidationLoss:F4}  {Part} {Name} {Of(record.ValidationScore)}");
}
