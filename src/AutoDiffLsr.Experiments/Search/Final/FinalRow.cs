namespace AutoDiffLsr.Experiments.Search.Final;

/// <summary>A loss in the comparison at the end.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="LearningRate">The learning rate of its trainings.</param>
/// <param name="Validation">The metric on the validation part that loss, or learning rate, was chosen by.</param>
/// <param name="Test">The metric on the test part, of each seed; infinite where a net did not stay finite.</param>
/// <param name="FromUsual">How far it is from the usual loss, seed by seed; null for that one, and where a net did not stay finite.</param>
public sealed record FinalRow(string Name, double LearningRate, double Validation, IReadOnlyList<double> Test, PairedDifference? FromUsual)
{
    /// <summary>Mean and deviation over the seeds, or null where a net did not stay finite.</summary>
    public SampleSummary? Summary => Test.All(double.IsFinite) ? SampleSummary.Of(Test) : null;
}
