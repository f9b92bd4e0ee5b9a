using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>Loads the data of a search in three parts: a table by its columns, other data from its training part.</summary>
/// <param name="source">What the user asked for.</param>
/// <param name="seed">The split is a function of this number.</param>
/// <param name="messages">Receives the messages for the user.</param>
internal sealed class SearchDataSource(SearchSource source, long seed, Messages messages)
{
    private const double Held = 0.2;

    /// <summary>Loads it.</summary>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="UsageException">There is no such data.</exception>
    public SearchData Load(CancellationToken cancellation)
    {
        bool isTable = !DataSettings.NamedSources.Contains(source.Data) && !Directory.Exists(source.Data);
        if (isTable)
            return OfTable();
        if (source.Target is not null || source.Task is not null)
            messages.Note($"--label-column and --task are for tables and are not used: {source.Data} has classes");
        DataSettings settings = new(source.Data, source.MnistFolder, null, null, 0);
        LoadedData loaded = new DataSource(settings, seed, messages).Load(cancellation);
        Dataset<float> rows = source.Rows is { } most && most < loaded.Train.Count ? StratifiedSubset.Take(loaded.Train, most, seed) : loaded.Train;
        Matrix<float> features = Matrix<float>.Build.DenseOfRowMajor(rows.Count, rows.Features, rows.Samples.ToArray());
        return SearchData.Split(source.Name, Samples<float>.OfClasses(features, rows.Labels, rows.Classes), seed, standardize: rows.ImageSize is null);
    }

    private SearchData OfTable()
    {
        if (!File.Exists(source.Data))
        {
            throw new UsageException(
                $"--data {source.Data}{Spelling.Suggest(source.Data, DataSettings.NamedSources)}: there is no such file or folder; give one of {string.Join(", ", DataSettings.NamedSources)}, a folder with IDX files or a table");
        }

        Table table = Table.Read(source.Data);
        TableSchema schema = TableSchema.Of(table, new SchemaOptions
        {
            Target = source.Target is null ? [] : [source.Target],
            Task = source.Task is null ? null : source.Task == "regression" ? TableTask.Regression : TableTask.Classification,
        });
        RowSplit split = RowSplit.Draw(table, schema, Held, Held, seed);
        int[][] parts = [.. new[] { split.Train, split.Validation, split.Test }.Select((part, i) => Limited(part, i == 0 ? 1 - (2 * Held) : Held))];
        TableEncoder encoder = TableEncoder.Fit(table, schema, parts[0]);
        foreach (string note in table.Notes.Concat(schema.Notes))
            messages.Note(note);
        Samples<float>[] samples = [.. parts.Select(part => SamplesOf(table, encoder, part))];
        return SearchData.Of(source.Name, samples[0], samples[1], samples[2]);
    }

    /// <summary>The share of --rows that a part may have, drawn at random.</summary>
    private int[] Limited(IReadOnlyList<int> part, double share)
    {
        int[] rows = [.. part];
        int most = source.Rows is { } all ? Math.Max(1, (int)Math.Round(all * share)) : rows.Length;
        if (most >= rows.Length)
            return rows;
        new RandomSource(seed).Fork("rows").Shuffle<int>(rows);
        return [.. rows[..most].Order()];
    }

    private static Samples<float> SamplesOf(Table table, TableEncoder encoder, int[] rows)
    {
        float[] encoded = encoder.Encode<float>(table, rows);
        Standardization<float> scales = encoder.Standardization<float>();
        Matrix<float> features = Matrix<float>.Build.Dense(
            rows.Length, encoder.Features, (row, column) => (encoded[(row * encoder.Features) + column] - scales.Mean[column]) / scales.Scale[column]);
        if (encoder.ClassNames.Count > 0)
        {
            int[] labels = encoder.Labels(table);
            return Samples<float>.OfClasses(features, [.. rows.Select(row => labels[row])], encoder.ClassNames.Count);
        }

        double[] targets = encoder.Targets(table);
        int count = encoder.TargetScales.Count;
        return Samples<float>.OfNumbers(features, Matrix<float>.Build.Dense(
            rows.Length, count, (row, column) => (float)((targets[(rows[row] * count) + column] - encoder.TargetScales[column].Mean) / encoder.TargetScales[column].Scale)));
    }
}
