using System.IO.Compression;
using System.Text;
using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Tests.Data.Tables;

/// <summary>Tables from text, for tests.</summary>
internal static class Csv
{
    public static Table Read(string text, TableOptions? options = null) => Table.Read(Bytes(text), "file", options);

    public static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>All values, a row a line: numbers as they are, missing as a hyphen.</summary>
    public static string Show(Table table) => string.Join("/", Enumerable.Range(0, table.Rows).Select(row => string.Join("|", table.Columns.Select(column => column.Text(row) ?? "-"))));

    /// <summary>The names and all values.</summary>
    public static string ShowAll(Table table) => $"{string.Join("|", table.Columns.Select(column => column.Name))}: {Show(table)}";

    public static int[] AllRows(Table table) => [.. Enumerable.Range(0, table.Rows)];
}
