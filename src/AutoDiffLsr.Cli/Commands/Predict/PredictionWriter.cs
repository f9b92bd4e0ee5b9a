using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Formats;

namespace AutoDiffLsr.Cli.Commands.Predict;

/// <summary>Predicts in blocks and writes a row of CSV for each sample.</summary>
internal sealed class PredictionWriter<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private const int BlockRows = 256;

    private readonly Model<T> model;
    private readonly TextWriter target;
    private readonly bool withAll;
    private readonly T[] samples;
    private readonly T[] probabilities;
    private readonly string[] names;
    private int rows;
    private bool hasHeader;

    public PredictionWriter(Model<T> model, TextWriter target, bool withAll)
    {
        (this.model, this.target, this.withAll) = (model, target, withAll);
        samples = new T[BlockRows * model.Features];
        probabilities = new T[BlockRows * model.Classes];
        names = [.. Enumerable.Range(0, model.Classes).Select(i => Quoted(model.Info.ClassNames.Count > 0 ? model.Info.ClassNames[i] : i.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Takes a sample.</summary>
    public void Add(ReadOnlySpan<T> sample)
    {
        sample.CopyTo(samples.AsSpan(rows * model.Features));
        if (++rows == BlockRows)
            Flush();
    }

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        Flush();
        WriteHeader();
        target.Flush();
    }

    /// <summary>With the first rows, so that data that are refused at once leave no output.</summary>
    private void WriteHeader()
    {
        if (hasHeader)
            return;
        hasHeader = true;
        target.Write("label,class,probability");
        if (withAll)
            target.Write(string.Concat(Enumerable.Range(0, model.Classes).Select(i => FormattableString.Invariant($",p{i}"))));
        target.Write('\n');
    }

    private void Flush()
    {
        if (rows == 0)
            return;
        Span<T> block = probabilities.AsSpan(0, rows * model.Classes);
        model.Probabilities(samples.AsSpan(0, rows * model.Features), block);
        WriteHeader();
        for (int row = 0; row < rows; row++)
            WriteRow(block.Slice(row * model.Classes, model.Classes));
        rows = 0;
    }

    private void WriteRow(ReadOnlySpan<T> row)
    {
        int label = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (row[i] > row[label])
                label = i;
        }

        target.Write(string.Create(CultureInfo.InvariantCulture, $"{label},{names[label]},{row[label]}"));
        if (withAll)
        {
            foreach (T probability in row)
                target.Write(string.Create(CultureInfo.InvariantCulture, $",{probability}"));
        }

        target.Write('\n');
    }

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
