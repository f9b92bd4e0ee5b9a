using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data.Tables;

/// <summary>A trained net together with what makes features of a table's rows. It is saved as one file, and takes tables as they are.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TableModel<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private const int BlockRows = 1024;

    /// <summary>A model of a net that was trained on <see cref="TableData{T}.Train"/>.</summary>
    /// <param name="net">The net: C logits, one logit for two classes, or K standardised targets.</param>
    /// <param name="encoder">How rows become features.</param>
    /// <param name="settings">How the net was trained, for people.</param>
    /// <exception cref="ArgumentException">The net's width does not fit.</exception>
    public TableModel(Layer<T> net, TableEncoder encoder, IReadOnlyDictionary<string, string>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(encoder);
        int outputs = net.OutputColumns(encoder.Features);
        TargetKind kind = encoder.Schema.Task == TableTask.Regression ? TargetKind.Numbers : outputs == 1 ? TargetKind.BinaryLabels : TargetKind.Labels;
        Layer<T> layers = kind switch
        {
            TargetKind.Numbers => TargetUnits.Fold(net, encoder.TargetScales),
            TargetKind.BinaryLabels => new Sequential<T>([.. net is Sequential<T> sequential ? sequential : [net], new Sigmoid<T>()]),
            _ => net,
        };
        Encoder = encoder;
        Model = new Model<T>(layers, encoder.Standardization<T>(), new ModelInfo
        {
            ClassNames = encoder.ClassNames,
            FeatureNames = encoder.FeatureNames,
            Settings = settings ?? new Dictionary<string, string>(),
            Targets = kind,
            Attachments = new Dictionary<string, string> { [TableModel.AttachmentKey] = encoder.ToJson() },
        });
    }

    private TableModel(Model<T> model, TableEncoder encoder) => (Model, Encoder) = (model, encoder);

    /// <summary>The net behind the encoding: it takes encoded rows, and gives logits, probabilities of the second of two classes, or numbers in the targets' units.</summary>
    public Model<T> Model { get; }

    /// <summary>How rows become features.</summary>
    public TableEncoder Encoder { get; }

    /// <summary>Loads a model that <see cref="Save"/> saved.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFileException">The file is missing, damaged, or no model of a table.</exception>
    public static TableModel<T> Load(string path)
    {
        Model<T> model = Formats.Model.Load<T>(path);
        return Of(model) ?? throw new ModelFileException(path, "it is a model that was not trained on a table, and takes features instead of rows");
    }

    /// <summary>The model of a table that a loaded model is, or null where it has no encoding of a table.</summary>
    /// <param name="model">A loaded model.</param>
    /// <returns>The model of a table, or null.</returns>
    /// <exception cref="DataException">The encoding in the file is damaged, or does not fit the layers.</exception>
    public static TableModel<T>? Of(Model<T> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (TableModel.EncoderOf(model) is not { } encoder)
            return null;
        int outputs = encoder.Schema.Task == TableTask.Regression ? encoder.TargetScales.Count : encoder.ClassNames.Count;
        bool fits = encoder.Features == model.Features && (outputs == model.Classes || (outputs == 2 && model.Classes == 1));
        return fits ? new(model, encoder) : throw new DataException("the table's encoding in the model does not fit its layers");
    }

    /// <summary>Saves net and encoding as one file.</summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public void Save(string path) => Model.Save(path);

    /// <summary>The outputs of rows: C probabilities for classes, K numbers in the targets' units for a regression.</summary>
    /// <param name="table">A table with the columns of the training table, in any order.</param>
    /// <param name="counts">Counts categories never seen, and values missing where none was; null for nothing.</param>
    /// <returns>N rows of C or K numbers, row after row.</returns>
    /// <exception cref="DataException">The table does not fit.</exception>
    public T[] Predict(Table table, EncodingCounts? counts = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        T[] features = Encoder.Encode<T>(table, [.. Enumerable.Range(0, table.Rows)], counts);
        int columns = Encoder.ClassNames.Count > 0 ? Encoder.ClassNames.Count : Model.Classes;
        T[] outputs = new T[table.Rows * columns];
        for (int row = 0; row < table.Rows; row += BlockRows)
        {
            int rows = Math.Min(BlockRows, table.Rows - row);
            Predict(features.AsSpan(row * Encoder.Features, rows * Encoder.Features), outputs.AsSpan(row * columns, rows * columns));
        }

        return outputs;
    }

    /// <summary>How good the model is on a part of <see cref="TableData{T}"/>; errors of a regression are in the targets' units.</summary>
    /// <param name="part">The part: standardised features, labels or standardised targets.</param>
    public Evaluation Evaluate(Dataset<T> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (Model.Targets == TargetKind.Numbers)
            return new Evaluator<T>(Model.Layers).Evaluate(TargetUnits.Restore(part, Encoder.TargetScales));
        Layer<T> logits = Model.Targets == TargetKind.BinaryLabels ? new Sequential<T>([.. ((Sequential<T>)Model.Layers).SkipLast(1)]) : Model.Layers;
        return new Evaluator<T>(logits).Evaluate(part);
    }

    private void Predict(ReadOnlySpan<T> features, Span<T> outputs)
    {
        if (Model.Targets == TargetKind.Labels)
            Model.Probabilities(features, outputs);
        else if (Model.Targets == TargetKind.Numbers)
            Model.Outputs(features, outputs);
        else
            PredictBinary(features, outputs);
    }

    /// <summary>One output is the probability of the second class.</summary>
    private void PredictBinary(ReadOnlySpan<T> features, Span<T> outputs)
    {
        Span<T> second = outputs[(outputs.Length / 2)..];
        Model.Outputs(features, second);
        for (int row = 0; row < outputs.Length / 2; row++)
        {
            T probability = second[row];
            (outputs[2 * row], outputs[(2 * row) + 1]) = (T.One - probability, probability);
        }
    }
}

/// <summary>What models of tables have in common, whatever their number type.</summary>
public static class TableModel
{
    internal const string AttachmentKey = "table";

    /// <summary>How rows become the features of a model, or null where it was not trained on a table.</summary>
    /// <returns>The encoder, or null.</returns>
    /// <exception cref="DataException">The encoding in the file is damaged.</exception>
    public static TableEncoder? EncoderOf(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Info.Attachments.TryGetValue(AttachmentKey, out string? json) ? TableEncoder.FromJson(json) : null;
    }
}
