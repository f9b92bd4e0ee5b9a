using AutoDiffLsr.Data.Tables.Reading;
using AutoDiffLsr.Files;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Data.Tables;

public sealed class RowReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "a|b/c|d")]
    [InlineData("a,b\r\nc,d", "a|b/c|d")]
    [InlineData("a,b\rc,d\r", "a|b/c|d")]
    [InlineData("a,b\n\n\r\n  \nc,d\n\n", "a|b/c|d")]
    [InlineData("a,\n,b\n,", "a|/|b/|")]
    [InlineData("\"a,b\",\"c\"\"d\"\n\"\"\"\",\"\"\n", "a,b|c\"d/\"|")]
    [InlineData("\"a\nb\",c\nd,e", "a\nb|c/d|e")]
    [InlineData(" a ,\t\"b \"\n", "a|b")]
    [InlineData("a \"b\" c,d\n", "a \"b\" c|d")]
    [InlineData("# words, \"more\n", "")]
    [InlineData("a,b\n# words\n#more,c\nc,#d\n", "a|b/c|#d")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public void Rows_are_those_of_the_rules(string file, string expected) => Assert.Equal(expected, Show(Rows(file)));

    [Theory]
    [InlineData(" 1   2 3\n4 5  6 \n", "1|2|3/4|5|6")]
    [InlineData("1 \"a b\"  \"\"\n", "1|a b|")]
    public void A_run_of_spaces_is_one_separator(string file, string expected) => Assert.Equal(expected, Show(Rows(file, ' ')));

    [Theory]
    [InlineData("a,b\nc,d\"e\n", "file, line 2, column 2: found a quote inside a field that does not begin with one")]
    [InlineData("a,b\nc \"d,e\" f,g\n", "file, line 2, column 1: found a quote inside a field that does not begin with one")]
    [InlineData("a,b\n\"c\nc\",\"d\" e\n", "file, line 2, column 2: found text behind a closed quote")]
    [InlineData("a,b\nc,\"d\n\n\n", "file, line 2, column 2: found a quote that is never closed")]
    [InlineData("a,b\nc,\"d\"e\"\"\n", "file, line 2, column 2: found a single quote inside a quoted field")]
    public void Broken_quotes_are_reported_with_their_place(string file, string reason) =>
        Assert.StartsWith(reason, Assert.Throws<DataException>(() => Rows(file)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_line_of_a_row_is_where_it_begins()
    {
        using RowReader reader = new(new StringReader("\"a\nb\",c\r\n\nd,e\n# x\nf,g"), "file", ',', hasComments: true);
        List<int> lines = [];
        while (reader.Read())
            lines.Add(reader.Line);
        Assert.Equal([1, 4, 6], lines);
        Assert.Equal(1, reader.Comments);
    }

    [Fact]
    public void Rows_of_all_lengths_cross_the_ends_of_the_buffer()
    {
        string[][] rows = [.. Enumerable.Range(0, 3000).Select(i => new[] { new string('x', i % 97), $"a\"\"b\n{i}", new string('y', i % 89) })];
        string file = string.Join("\r\n", rows.Select(row => $"{row[0]},\"{row[1]}\",\"{row[2]}\""));
        Assert.True(file.Length > 3 * 65_536);
        Assert.Equal(Show([.. rows.Select(row => row.Select(field => field.Replace("\"\"", "\"", StringComparison.Ordinal)).ToArray())]), Show(Rows(file)));
    }

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

    private static List<string[]> Rows(string file, char separator = ',')
    {
        using RowReader reader = new(new StringReader(file), "file", separator, hasComments: true);
        List<string[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.Count).Select(i => reader.Field(i).ToString())]);
        return rows;
    }

    private static string Show(List<string[]> rows) => string.Join("/", rows.Select(row => string.Join("|", row)));
}
