using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Experiments.Search;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>A line for each generation, for pipes and files.</summary>
internal sealed class PlainSearchDisplay(Messages messages, int generations) : ISearchDisplay
{
    /// <inheritdoc/>
    public void Show(Action search) => search();

    /// <inheritdoc/>
    public void AfterGeneration(GenerationRecord record) => messages.Line($"[{record.Generation}/{generations}] {SearchText.Line(record)}");

    /// <inheritdoc/>
    public void AfterCell()
    {
        // Lines tell of whole generations only.
    }
}
