using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data.Tables;

/// <summary>A table ready for training: its rows split, encoded by what the training part holds, and standardised.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <example>
/// <code>
/// TableData&lt;float&gt; data = TableData&lt;float&gt;.Prepare(Table.Read("titanic.csv"), new() { Target = ["survived"] });
/// RandomSource random = new(1);
/// Sequential&lt;float&gt; net = new(new Dense&lt;float&gt;(data.Train.Features, 64, random), new Relu&lt;float&gt;(), new Dense&lt;float&gt;(64, data.Outputs, random));
/// Trainer&lt;float&gt; trainer = new(net, new CrossEntropy(), new AdamW&lt;float&gt;(net.Parameters, 0.003, weightDecay: 0.3)) { Epochs = 50 };
/// trainer.Fit(new Batches&lt;float&gt;(data.Train, 16, random.Fork("shuffle")));
/// TableModel&lt;float&gt; model = new(net, data.Encoder);
/// Console.WriteLine(model.Evaluate(data.Test!).Accuracy);
/// model.Save("titanic.safetensors");
/// </code>
/// </example>
public sealed class TableData<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private TableData(TableEncoder encoder, Dataset<T> train, Dataset<T>? validation, Dataset<T>? test, IReadOnlyList<string> notes) =>
        (Encoder, Train, Validation, Test, Notes) = (encoder, train, validation, test, notes);

    /// <summary>How rows become features; it is saved with the model.</summary>
    public TableEncoder Encoder { get; }

    /// <summary>The training part: features of mean 0 and deviation 1, and labels, or numbers of mean 0 and deviation 1.</summary>
    public Dataset<T> Train { get; }

    /// <summary>The validation part in the same units, or null.</summary>
    public Dataset<T>? Validation { get; }

    /// <summary>The test part in the same units, or null.</summary>
    public Dataset<T>? Test { get; }

    /// <summary>What was found out, decided and left out, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The outputs that a net needs: C classes or K targets.</summary>
    public int Outputs => Train.Targets.Columns;

    /// <summary>Decides what becomes of the columns, splits the rows, fits an encoder on the training part and encodes all parts by it.</summary>
    /// <param name="columns">What is known of its columns.</param>
    /// <param name="parts">How the rows are split.</param>
    /// <returns>The data.</returns>
    /// <exception cref="DataException">The table cannot be used: the message says where, what and what would be right.</exception>
    public static TableData<T> Prepare(Table table, SchemaOptions? columns = null, PartOptions? parts = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        parts ??= new();
        var schema = TableSchema.Of(table, columns);
        var split = RowSplit.Draw(table, schema, parts.Test is null ? parts.TestFraction : 0, parts.ValidationFraction, parts.Seed);
        int[] train = [.. split.Train];
        var encoder = TableEncoder.Fit(table, schema, train);
        List<string> notes = [.. table.Notes, .. schema.Notes];
        NoteUnlabelled(notes, split.Unlabelled, table, schema);
        Dataset<T>? test = parts.Test is { } other ? EncodeOther(other, encoder, notes) : EncodePart(table, split.Test, encoder, "the test part", notes);
        return new TableData<T>(encoder, encoder.Dataset<T>(table, train), EncodePart(table, split.Validation, encoder, "the validation part", notes), test, notes);
    }

    private static Dataset<T>? EncodePart(Table table, IReadOnlyList<int> rows, TableEncoder encoder, string name, List<string> notes)
    {
        if (rows.Count == 0)
            return null;
        EncodingCounts counts = new();
        Dataset<T> part = encoder.Dataset<T>(table, [.. rows], counts: counts);
        notes.AddRange(counts.Notes.Select(note => $"in {name}, {note}"));
        return part;
    }

    private static Dataset<T> EncodeOther(Table table, TableEncoder encoder, List<string> notes)
    {
        notes.AddRange(encoder.Compare(table).Select(note => $"{table.File}: {note}"));
        int[] rows = encoder.LabelledRows(table);
        NoteUnlabelled(notes, table.Rows - rows.Length, table, encoder.Schema);
        return rows.Length > 0 ? EncodePart(table, rows, encoder, table.File, notes)! : throw new DataException($"{table.File}: no row has a target, so there is nothing to test on");
    }

    private static void NoteUnlabelled(List<string> notes, int count, Table table, TableSchema schema)
    {
        if (count > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{table.File}: {count} {(count == 1 ? "row has" : "rows have")} no value of the target {OneLine.List(schema.Targets)} and {(count == 1 ? "is" : "are")} left out"));
    }
}
