using AutoDiffLsr.Experiments.Search;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>A search as the user asked for it.</summary>
/// <param name="Source">The data.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Settings">How to search.</param>
/// <param name="Seeds">Fresh trainings of each loss at the end.</param>
/// <param name="TuningRuns">Trainings that the learning rate of each fixed loss is tuned by; null for as many steps as the search made.</param>
/// <param name="Threads">How many losses are judged side by side.</param>
internal sealed record SearchPlan(SearchSource Source, string Method, SearchSettings Settings, int Seeds, int? TuningRuns, int Threads)
{
    /// <summary>All that the results depend on, in a line.</summary>
    public string Text() => $"{Source.Text()}; {Settings.Text()}";
}
