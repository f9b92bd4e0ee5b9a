using System.Text;
using AutoDiffLsr.Data;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "a|b/c|d")]
    [InlineData("a,b\r\nc,d", "a|b/c|d")]
    [InlineData("a,b\rc,d\r", "a|b/c|d")]
    [InlineData("a,b\n\n\r\nc,d\n\n", "a|b/c|d")]
    [InlineData("a,\n,b\n,", "a|/|b/|")]
    [InlineData("\"a,b\",\"c\"\"d\"\n\"\"\"\",\"\"\n", "a,b|c\"d/\"|")]
    [InlineData("\"a\nb\",c\nd,e", "a\nb|c/d|e")]
    [InlineData("\uFEFFa,\u00E9\n", "a|\u00E9")]
    [InlineData("\uFEFF\"a\",b\n", "a|b")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public void Rows_are_those_of_the_rules(string file, string expected) => Assert.Equal(expected, Show(Rows(file)));

    [Theory]
    [InlineData("a,b\nc,d\"e\n", "line 2, column 2: found a quote inside an unquoted field")]
    [InlineData("a,b\n\"c\nc\",\"d\" \n", "line 3, column 2: found text after a closing quote")]
    [InlineData("a,b\nc,\"d\n\n\n", "line 2, column 2: found a quote that is never closed")]
    public void Broken_quotes_are_told_with_their_place(string file, string reason) =>
        Assert.Contains(reason, Assert.Throws<DataException>(() => Rows(file)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_line_of_a_row_is_where_it_begins()
    {
        using CsvReader reader = new(Bytes("\"a\nb\",c\r\n\nd,e\n"), "file");
        Assert.True(reader.Read());
        Assert.Equal(1, reader.Line);
        Assert.True(reader.Read());
        Assert.Equal(4, reader.Line);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Other_encodings_are_told()
    {
        Assert.Contains("UTF-16", Assert.Throws<DataException>(() => new CsvReader(new MemoryStream([0xFF, 0xFE, 0x61, 0]), "file")).Message, StringComparison.Ordinal);
        using CsvReader latin = new(new MemoryStream([0x61, 0x2C, 0xE9, 0x0A]), "file");
        Assert.True(latin.Read());
        Assert.Contains("line 1, column 2: found bytes that are not UTF-8", Assert.Throws<DataException>(() => latin.Text(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_all_lengths_cross_the_ends_of_the_buffer()
    {
        string[][] rows = [.. Enumerable.Range(0, 3000).Select(i => new[] { new string('x', i % 97), $"a\"\"b\n{i}", new string('y', i % 89) })];
        string file = string.Join("\r\n", rows.Select(row => $"{row[0]},\"{row[1]}\",\"{row[2]}\""));
        Assert.True(file.Length > 3 * 65_536);
        Assert.Equal(Show([.. rows.Select(row => row.Select(field => field.Replace("\"\"", "\"", StringComparison.Ordinal)).ToArray())]), Show(Rows(file)));
    }

    [Fact]
    public void A_file_without_line_ends_does_not_fill_the_memory() =>
        Assert.Contains("a row of more than", Assert.Throws<DataException>(() => new CsvReader(new EndlessStream(), "file").Read()).Message, StringComparison.Ordinal);

    [Property(MaxTest = 300)]
    public Property Quoted_rows_come_back_whatever_is_in_them()
    {
        Gen<string> text = Gen.Elements('a', 'b', ',', '"', '\n', '\r', ';', ' ', '\u00E9', '\u4E2D').ArrayOf().Select(letters => new string(letters));
        Gen<string[][]> table = text.NonEmptyListOf().Select(row => row.ToArray()).ArrayOf().Select(rows => rows.Where(row => row.Length > 1 || row[0].Length > 0).ToArray());
        return Prop.ForAll(table.ToArbitrary(), rows =>
        {
            string file = string.Join("\r\n", rows.Select(row => string.Join(",", row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));
            return Show([.. rows.Select(row => row.Select(field => field.Trim()).ToArray())]) == Show(Rows(file));
        });
    }

    private static List<string[]> Rows(string file)
    {
        using CsvReader reader = new(Bytes(file), "file");
        List<string[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.Text)]);
        return rows;
    }

    private static string Show(List<string[]> rows) => string.Join("/", rows.Select(row => string.Join("|", row)));

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
