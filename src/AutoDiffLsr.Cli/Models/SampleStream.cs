using System.Numerics;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Models;

/// <summary>Samples for a model, one after the other: rows of a CSV file, or the test images of an IDX folder.</summary>
/// <param name="model">Which features there must be.</param>
/// <param name="terminal">Provides standard input.</param>
internal sealed class SampleStream<T>(Model model, Terminal terminal)
    where T : struct, IFloatingPointIeee754<T>
{
    private const string StandardInput = "-";

    /// <summary>Hands each sample out; a file is read as it goes, whatever its size.</summary>
    /// <param name="source">A CSV file, a folder, or - for CSV on standard input.</param>
    /// <param name="labelColumn">A column that is no feature, or null.</param>
    /// <param name="take">Takes a sample, which is overwritten by the next.</param>
    public void ForEach(string source, string? labelColumn, SampleAction take)
    {
        if (Directory.Exists(source))
        {
            Dataset<T> test = IdxFolder.Read<T>(source).Test;
            RequireFeatures(source, test.Features, labelColumn);
            for (int i = 0; i < test.Count; i++)
                take(test.Sample(i));
            return;
        }

        using CsvSampleReader<T> reader = Open(source, new CsvOptions { HasLabels = labelColumn is not null, LabelColumn = labelColumn });
        RequireFeatures(source, reader.Features, labelColumn);
        RequireOrder(source, reader.FeatureNames);
        while (reader.Read())
            take(reader.Sample);
    }

    private CsvSampleReader<T> Open(string source, CsvOptions options) =>
        source == StandardInput ? new CsvSampleReader<T>(terminal.Input, "standard input", options) : CsvSampleReader<T>.Open(source, options);

    private void RequireFeatures(string source, int features, string? labelColumn)
    {
        if (features == model.Features)
            return;
        string hint = labelColumn is null && features == model.Features + 1 ? ": if a column has labels, name it with --label-column" : "";
        throw new UsageException($"--data {source} has {features} features, but the model takes {model.Features}{hint}");
    }

    /// <summary>The same names in another order would give wrong results without a word.</summary>
    private void RequireOrder(string source, IReadOnlyList<string> names)
    {
        IReadOnlyList<string> expected = model.Info.FeatureNames;
        if (expected.Count == 0 || names.SequenceEqual(expected) || !names.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)))
            return;
        int place = Enumerable.Range(0, names.Count).First(i => names[i] != expected[i]);
        throw new UsageException($"--data {source} has the features in another order: feature {place} is '{names[place]}', but the model was trained with '{expected[place]}' there");
    }

    /// <summary>Takes one sample.</summary>
    public delegate void SampleAction(ReadOnlySpan<T> sample);
}
