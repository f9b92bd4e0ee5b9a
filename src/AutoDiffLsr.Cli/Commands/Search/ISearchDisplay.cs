using AutoDiffLsr.Experiments.Search;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>Shows how a search goes on.</summary>
internal interface ISearchDisplay
{
    /// <summary>Searches, and shows it.</summary>
    void Show(Action search);

    /// <summary>A generation is done.</summary>
    void AfterGeneration(GenerationRecord record);

    /// <summary>A piece of work was done; called from several threads.</summary>
    void AfterCell();
}
