using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Files;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Commands.Loss;

/// <summary>Logits and labels that fit together.</summary>
/// <param name="Logits">N x C, C at least 2.</param>
/// <param name="Labels">N labels, each in 0..C-1.</param>
internal sealed record LossInput<T>(Matrix<T> Logits, int[] Labels)
    where T : struct, IFloatingPointIeee754<T>
{
    private const string StandardInput = "-";

    /// <summary>Reads both.</summary>
    /// <param name="logits">A file, or - for standard input.</param>
    /// <param name="labels">A list of numbers, or a file of them.</param>
    /// <param name="terminal">Provides standard input.</param>
    /// <exception cref="DataException">A file cannot be read, or holds something else.</exception>
    /// <exception cref="UsageException">The two do not fit together.</exception>
    public static LossInput<T> Read(string logits, string labels, Terminal terminal)
    {
        Matrix<T> matrix = ReadLogits(logits, terminal);
        LabelList list = LabelList.Parse(labels);
        if (matrix.ColumnCount < 2)
            throw new UsageException($"--logits {logits} has 1 column, but a loss needs at least 2 classes (columns)");
        if (list.Labels.Length != matrix.RowCount)
            throw new UsageException($"--labels has {list.Labels.Length} labels, but --logits {logits} has {matrix.RowCount} rows: one label a row is needed");
        list.CheckClasses(matrix.ColumnCount);
        return new LossInput<T>(matrix, list.Labels);
    }

    private static Matrix<T> ReadLogits(string path, Terminal terminal)
    {
        TableOptions layout = new() { HasHeader = false };
        Table table = path == StandardInput ? Table.Read(terminal.Input, "standard input", layout) : Table.Read(path, layout);
        foreach (TableColumn column in table.Columns)
            RequireNumbers(path == StandardInput ? "standard input" : path, column);
        return Matrix<T>.Build.Dense(table.Rows, table.Columns.Count, (row, column) => T.CreateSaturating(table.Columns[column].Number(row)));
    }

    private static void RequireNumbers(string file, TableColumn column)
    {
        int row = Enumerable.Range(0, column.Count).FirstOrDefault(row => column.Kind == ColumnKind.Text ? !double.TryParse(column.Text(row), NumberStyles.Float, CultureInfo.InvariantCulture, out _) : column.IsMissing(row), -1);
        if (row >= 0)
            throw DataException.At(new DataPlace(file, row + 1, column.Index + 1), column.Text(row) is { } text ? OneLine.Quote(text) : "a missing value", "a finite number: a logit for each class");
    }
}
