using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Predict;

/// <summary>Predicts in blocks and writes a row of CSV for each sample: label, class and probability, or the numbers of a regression.</summary>
internal sealed class PredictionWriter<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Model<T> model;
    private readonly TextWriter target;
    private readonly bool withAll;
    private readonly string[] names;
    private T[] outputs = [];
    private bool hasHeader;

    public PredictionWriter(Model<T> model, TextWriter target, bool withAll)
    {
        (this.model, this.target, this.withAll) = (model, target, withAll);
        int classes = Math.Max(2, model.Classes);
        names = IsRegression ? TargetNames(model)
            : [.. Enumerable.Range(0, classes).Select(i => Quoted(model.Info.ClassNames.Count > 0 ? model.Info.ClassNames[i] : i.ToString(CultureInfo.InvariantCulture)))];
    }

    private bool IsRegression => model.Targets == TargetKind.Numbers;

    /// <summary>Takes the features of a block of samples.</summary>
    public void Add(ReadOnlySpan<T> features, int rows)
    {
        if (outputs.Length < rows * model.Classes)
            outputs = new T[rows * model.Classes];
        Span<T> block = outputs.AsSpan(0, rows * model.Classes);
        if (model.Targets == TargetKind.Labels)
            model.Probabilities(features, block);
        else
            model.Outputs(features, block);
        WriteHeader();
        for (int row = 0; row < rows; row++)
            WriteRow(block.Slice(row * model.Classes, model.Classes));
    }

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        WriteHeader();
        target.Flush();
    }

    private static string[] TargetNames(Model<T> model) => TableModel.EncoderOf(model) is { } encoder ? [.. encoder.Schema.Targets.Select(Quoted)]
        : model.Classes == 1 ? ["prediction"]
        : [.. Enumerable.Range(0, model.Classes).Select(i => FormattableString.Invariant($"y{i}"))];

    /// <summary>With the first rows, so that data that are refused at once leave no output.</summary>
    private void WriteHeader()
    {
        if (hasHeader)
            return;
        hasHeader = true;
        target.Write(IsRegression ? string.Join(',', names) : "label,class,probability");
        if (withAll && !IsRegression)
            target.Write(string.Concat(Enumerable.Range(0, names.Length).Select(i => FormattableString.Invariant($",p{i}"))));
        target.Write('\n');
    }

    private void WriteRow(ReadOnlySpan<T> row)
    {
        if (IsRegression)
            WriteNumbers(row);
        else if (model.Targets == TargetKind.Labels)
            WriteClass(row);
        else
            WriteClass([T.One - Probability(row[0]), Probability(row[0])]);
        target.Write('\n');
    }

    /// <summary>One output stands for the second of two classes: as a probability, or as a logit where no sigmoid is behind it.</summary>
    private T Probability(T output) => model.EndsInSigmoid ? output : T.One / (T.One + T.Exp(-output));

    private void WriteNumbers(ReadOnlySpan<T> row)
    {
        for (int i = 0; i < row.Length; i++)
            target.Write(string.Create(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{row[i]}"));
    }

    private void WriteClass(ReadOnlySpan<T> probabilities)
    {
        int label = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            if (probabilities[i] > probabilities[label])
                label = i;
        }

        target.Write(string.Create(CultureInfo.InvariantCulture, $"{label},{names[label]},{probabilities[label]}"));
        if (!withAll)
            return;
        foreach (T probability in probabilities)
            target.Write(string.Create(CultureInfo.InvariantCulture, $",{probability}"));
    }

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
