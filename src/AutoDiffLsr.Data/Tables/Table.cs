using AutoDiffLsr.Data.Tables.Reading;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables;

/// <summary>
/// A table in memory as its file has it: named columns of numbers or texts, with places for missing values. What is to become of its columns is said by a
/// <see cref="TableSchema"/>, and done by a <see cref="TableEncoder"/>.
/// </summary>
/// <example>
/// <code>
/// Table table = Table.Read("titanic.csv");
/// TableSchema schema = TableSchema.Of(table, new() { Target = ["survived"] });
/// </code>
/// </example>
public sealed class Table
{
    /// <summary>Different texts that are kept of a column; a column of more is free text.</summary>
    public const int MostLevels = 100_000;

    private readonly Dictionary<string, TableColumn> byName;
    private readonly ChunkedList<int>? lines;

    internal Table(string name, string file, IReadOnlyList<TableColumn> columns, bool hasHeader, ChunkedList<int>? lines, IReadOnlyList<string> notes)
    {
        (Name, File, Columns, HasHeader, this.lines, Notes) = (name, file, columns, hasHeader, lines, notes);
        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>What the data are called: the file's name without its extensions.</summary>
    public string Name { get; }

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>N, the number of rows.</summary>
    public int Rows => Columns[0].Count;

    /// <summary>Whether the columns have names of their own; without a header they are x0, x1, ...</summary>
    public bool HasHeader { get; }

    /// <summary>What was found out or left out in reading, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What messages call the file.</summary>
    internal string File { get; }

    /// <summary>Reads a file of text, also in gzip. Separator, decimal mark, header and encoding are found out where the options do not name them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known of its layout.</param>
    /// <param name="progress">Receives the share of the file that is read, in [0, 1].</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The table.</returns>
    /// <exception cref="DataException">The file is missing, is no table, or something in it is wrong: the message says where, what and what would be right.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static Table Read(string path, TableOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using TableReader reader = TableReader.Open(path, options);
        return reader.ReadAll(progress, cancellation);
    }

    /// <summary>Reads a stream from its current position to its end, and closes it.</summary>
    /// <param name="name">What messages and the table call it.</param>
    /// <param name="options">What is known of its layout.</param>
    /// <returns>The table.</returns>
    /// <exception cref="DataException">Something in it is wrong: the message says where, what and what would be right.</exception>
    public static Table Read(Stream stream, string name, TableOptions? options = null)
    {
        using TableReader reader = new(stream, name, options);
        return reader.ReadAll(null, CancellationToken.None);
    }

    /// <summary>A table of rows in memory. Numbers of any type, truth values, texts (which are read as in a file) and null for missing values.</summary>
    /// <param name="name">What the data are called.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">A value for each column.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is no column or row, a name comes twice, or a row has another number of values.</exception>
    /// <exception cref="DataException">A number is infinite.</exception>
    public static Table FromRows(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) => RowsInMemory.Read(name, columns, rows);

    /// <summary>The column of a name, or at an index: 0 for the first, -1 for the last.</summary>
    /// <param name="nameOrIndex">The name; where no column has it, an index.</param>
    /// <returns>The column.</returns>
    /// <exception cref="DataException">There is none; the message lists near names.</exception>
    public TableColumn Column(string nameOrIndex)
    {
        ArgumentNullException.ThrowIfNull(nameOrIndex);
        if (byName.TryGetValue(nameOrIndex, out TableColumn? column))
            return column;
        if (int.TryParse(nameOrIndex, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int index) && index >= -Columns.Count && index < Columns.Count)
            return Columns[index < 0 ? index + Columns.Count : index];
        throw new DataException($"{File}: there is no column {OneLine.Quote(nameOrIndex)}{NearNames.Of(nameOrIndex, [.. Columns.Select(each => each.Name)])}");
    }

    /// <summary>The column of a name, or null.</summary>
    internal TableColumn? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>A place for messages.</summary>
    internal DataPlace Place(int row, TableColumn column) => new(File, lines?[row], column.Index + 1, HasHeader ? column.Name : null);
}
