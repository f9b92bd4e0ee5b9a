using System.Numerics;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Models;

/// <summary>Samples for a model, block after block: rows of a table, or the test images of an IDX folder.</summary>
/// <param name="model">What the samples are for.</param>
/// <param name="terminal">Has standard input, and takes notes.</param>
internal sealed class TableRows<T>(Model model, Terminal terminal)
    where T : struct, IFloatingPointIeee754<T>
{
    private const string StandardInput = "-";
    private const int BlockRows = 256;

    /// <summary>Takes the features of a block of samples, sample after sample.</summary>
    public delegate void BlockAction(ReadOnlySpan<T> features, int rows);

    /// <summary>Hands the samples out; a file is read as it goes, whatever its size.</summary>
    /// <param name="source">A table, a folder, or - for a table on standard input.</param>
    /// <param name="labelColumn">A column that is no feature, or null.</param>
    /// <param name="layout">What is known of the table's text.</param>
    /// <param name="take">Takes each block.</param>
    public void ForEach(string source, string? labelColumn, TableOptions layout, BlockAction take)
    {
        if (Directory.Exists(source))
            ForEachImage(source, take);
        else
            ForEachRow(source, labelColumn, layout, take);
    }

    private void ForEachImage(string source, BlockAction take)
    {
        Dataset<T> test = IdxFolder.Read<T>(source).Test;
        if (test.Features != model.Features)
            throw new UsageException($"--data {source} has {test.Features} features, but the model takes {model.Features}");
        for (int row = 0; row < test.Count; row += BlockRows)
        {
            int rows = Math.Min(BlockRows, test.Count - row);
            take(test.Samples.Slice(row * test.Features, rows * test.Features), rows);
        }
    }

    private void ForEachRow(string source, string? labelColumn, TableOptions layout, BlockAction take)
    {
        using TableReader reader = source == StandardInput ? new TableReader(terminal.Input, "standard input", layout) : TableReader.Open(source, layout);
        string[] targets = labelColumn is null ? [] : [labelColumn];
        TableEncoder encoder = FeatureTables.EncoderFor(model, source == StandardInput ? "standard input" : source, reader.ColumnNames, reader.HasHeader, targets, needsTargets: false);
        EncodingCounts counts = new();
        bool isFirst = true;
        while (reader.Read(BlockRows) is { } block)
        {
            if (isFirst)
                Note(encoder.Compare(block));
            isFirst = false;
            take(encoder.Encode<T>(block, [.. Enumerable.Range(0, block.Rows)], counts), block.Rows);
        }

        Note(counts.Notes);
    }

    private void Note(IReadOnlyList<string> notes)
    {
        foreach (string note in notes)
            terminal.Error.WriteLine($"autodiff-lsr: note: {note}");
    }
}
