using System.Text;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Data.Tables;

public sealed class TableReadingTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,y\n", "a|b: 1|x/2|y")]
    [InlineData("a;b\n1,5;x\n2,25;y\n", "a|b: 1.5|x/2.25|y")]
    [InlineData("a\tb\n1,5\tx y\n2\tz\n", "a|b: 1.5|x y/2|z")]
    [InlineData("a|b\n1.5|x;y\n2|z,w\n", "a|b: 1.5|x;y/2|z,w")]
    [InlineData("1.5  2 3\n 4 5.5   6\n", "x0|x1|x2: 1.5|2|3/4|5.5|6")]
    [InlineData("a,b\n\"1;2\",x\n\"3;4\",y\n", "a|b: 1;2|x/3;4|y")]
    [InlineData("t,v\n2020-01-01 10:00:00,1\n2020-01-02 11:00:00,2\n", "t|v: 2020-01-01 10:00:00|1/2020-01-02 11:00:00|2")]
    [InlineData("sep=;\na;b\n1,5;2\n3;4\n", "a|b: 1.5|2/3|4")]
    [InlineData("sep=;\r\n1,5;2\r\n3;4\r\n", "x0|x1: 1.5|2/3|4")]
    [InlineData("# a comment, of words\na,b\n1,2\n# another\n3,4\n", "a|b: 1|2/3|4")]
    [InlineData("#a b\n1 2\n3 4\n", "a|b: 1|2/3|4")]
    [InlineData("colour,n\n#ff0000,1\n#00ff00,2\n#0000ff,3\n", "colour|n: #ff0000|1/#00ff00|2/#0000ff|3")]
    public void The_layout_is_found_out(string file, string expected) => Assert.Equal(expected, Csv.ShowAll(Csv.Read(file)));

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "a|b")] // names on numbers
    [InlineData("1,2\n3,4\n5,6\n", "x0|x1")] // numbers on numbers
    [InlineData("5,?,2\n1,2,3\n2,3,4\n", "x0|x1|x2")] // a missing value is no name
    [InlineData("?,1,2\n1,2,3\n2,3,4\n", "x0|x1|x2")]
    [InlineData("M,0.4,15\nF,0.5,7\nM,0.3,9\n", "x0|x1|x2")] // a text that comes again, and numbers
    [InlineData("Q,0.4,15\nF,0.5,7\nM,0.3,9\n", "x0|x1|x2")] // a text that does not come again, and numbers
    [InlineData("party,v1,v2\nrep,y,n\ndem,n,n\nrep,n,y\ndem,y,y\n", "party|v1|v2")] // texts that do not come again
    [InlineData("rep,y,n\ndem,n,n\nrep,n,y\ndem,y,y\n", "x0|x1|x2")] // texts that do
    [InlineData("150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n4.9,3,1.4,0.2,1\n", "150|4|setosa|versicolor|virginica")]
    [InlineData("0,1,2,3,4,5,6\n0.5,0.1,0.2,0.3,0.4,0.5,1\n0.1,0.2,0.3,0.4,0.5,0.6,0\n", "0|1|2|3|4|5|6")] // pandas names columns by number
    [InlineData(",0,1,2,3,4,5,y\n0,0.1,0.2,0.3,0.4,0.5,0.6,a\n1,0.2,0.3,0.4,0.5,0.6,0.7,b\n", "unnamed 1|0|1|2|3|4|5|y")]
    [InlineData("a b\nr1 1 2\nr2 3 4\n", "unnamed 1|a|b")] // R leaves out the name of the rows' names
    [InlineData("a,b,a,a\n1,2,3,4\n5,6,7,8\n", "a|b|a.1|a.2")]
    [InlineData("a,b,,\n1,2,,\n5,6,,\n", "a|b|unnamed 3|unnamed 4")]
    [InlineData("a,b\n1,2,\n5,6,\n", "a|b")] // an empty field too many
    public void A_header_is_decided_on_all_rows(string file, string names) => Assert.Equal(names, string.Join("|", Csv.Read(file).Columns.Select(column => column.Name)));

    [Fact]
    public void A_missing_value_in_the_first_row_does_not_lose_the_row()
    {
        string[] rows = [.. File.ReadAllLines(SharedData.Require("tables/breast-cancer-wisconsin.csv"))];
        int missing = Array.FindIndex(rows, row => row.Contains('?', StringComparison.Ordinal));
        (rows[0], rows[missing]) = (rows[missing], rows[0]);
        Table table = Csv.Read(string.Join("\n", rows));
        Assert.False(table.HasHeader);
        Assert.Equal(rows.Length, table.Rows);
        Assert.All(table.Columns, column => Assert.Equal(ColumnKind.Number, column.Kind));
    }

    [Fact]
    public void Options_overrule_what_is_found_out()
    {
        Assert.Equal("x0|x1: a|b/1|2", Csv.ShowAll(Csv.Read("a,b\n1,2\n", new() { HasHeader = false })));
        Assert.Equal("1|2: 3|4", Csv.ShowAll(Csv.Read("1,2\n3,4\n", new() { HasHeader = true })));
        Assert.Equal("x0|x1: 1;2|3/4;5|6", Csv.ShowAll(Csv.Read("1;2,3\n4;5,6\n", new() { Separator = ',' })));
        Assert.Equal("a|b: 1.5|2/3|4", Csv.ShowAll(Csv.Read("a,b\n\"1,5\",2\n3,4\n", new() { DecimalMark = ',' })));
        Assert.Equal("a|b: -|2/3|-/-|5", Csv.ShowAll(Csv.Read("a,b\n-999,2\n3,unknown\n-999.0,5\n", new() { MissingValues = ["-999", "unknown"] })));
        Assert.Equal("a|b: \u00E9|2/e|3", Csv.ShowAll(Table.Read(new MemoryStream(Encoding.Latin1.GetBytes("a,b\n\u00E9,2\ne,3\n")), "file", new() { Encoding = "latin1" })));
        Assert.Equal("a|b: \u20AC|2/e|3", Csv.ShowAll(Table.Read(new MemoryStream([.. "a,b\n"u8, 0x80, .. ",2\ne,3\n"u8]), "file", new() { Encoding = "windows-1252" })));
        Assert.Throws<ArgumentException>(() => Csv.Read("a,b\n1,2\n", new() { Separator = '"' }));
        Assert.Throws<ArgumentException>(() => Csv.Read("a,b\n1,2\n", new() { DecimalMark = ';' }));
        Assert.Throws<DataException>(() => Csv.Read("a,b\n1,2\n", new() { Encoding = "utf-9" }));
    }

    [Fact]
    public void Every_usual_spelling_of_a_missing_value_is_missing()
    {
        foreach (string spelling in TableOptions.UsualMissingValues.Append("").Append("\"NA\"").Append(" NA "))
        {
            Table table = Csv.Read($"a,b\n1,x\n{spelling},y\n3,z\n");
            Assert.True(table.Columns[0].Kind == ColumnKind.Number && table.Columns[0].IsMissing(1) && table.Columns[0].MissingCount == 1, spelling);
        }
    }

    [Fact]
    public void Numbers_in_a_column_of_texts_are_levels_however_they_are_written() =>
        Assert.Equal("1|0/x|0/1|0/1|0/-|0", Csv.Show(Csv.Read("a,b\n01,0\nx,0\n1.0,0\n1,0\n,0\n")));

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    public void Encodings_are_found_out(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("n,wort\n1,schön\n2,größer\n3,plain\n4,words\n");
        byte[] file = [.. hasMark ? encoding.GetPreamble() : [], .. text];
        foreach (byte[] each in new[] { file, Csv.Gzip(file) })
            Assert.Equal("n|wort: 1|schön/2|größer/3|plain/4|words", Csv.ShowAll(Table.Read(new MemoryStream(each), "file")));
    }

    [Fact]
    public void Latin_1_is_read_and_said()
    {
        Table table = Table.Read(new MemoryStream(Encoding.Latin1.GetBytes("n,wort\n1,schön\n2,größer\n")), "file");
        Assert.Equal("n|wort: 1|schön/2|größer", Csv.ShowAll(table));
        Assert.Contains(table.Notes, note => note.Contains("Latin-1", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_far_down_are_reported_with_their_place()
    {
        string head = "n,wort\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => FormattableString.Invariant($"{i},schön\n")));
        byte[] file = [.. Encoding.UTF8.GetBytes(head), .. Encoding.Latin1.GetBytes("1,größer\n")];
        string message = Assert.Throws<DataException>(() => Table.Read(new MemoryStream(file), "file")).Message;
        Assert.StartsWith("file, line 100002, column 2 (\"wort\"): found ", message, StringComparison.Ordinal);
        Assert.Contains("--encoding", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("\n\n", "no row")]
    [InlineData("a,b\n", "a header and no rows")]
    [InlineData("a,b,c\n1,2,3\n4,5\n", "line 3: found 2 fields, expected 3 as in the header (separator \",\")")]
    [InlineData("a,b,c\n1,2,3\n4,5,6,7\n", "line 3: found 4 fields, expected 3")]
    [InlineData("1,2,3\n4,5\n6,7,8\n", "line 2: found 2 fields, expected 3 as in most rows")]
    [InlineData("a,b\n1,2\ninf,3\n", "line 3, column 1 (\"a\"): found \"inf\", expected a finite number, or --missing \"inf\"")]
    [InlineData("a,b\n1,2\n1e999,3\n", "line 3, column 1 (\"a\"): found \"1e999\"")]
    [InlineData("{\"a\": 1}\n", "found JSON")]
    [InlineData("[{\"a\": 1}]\n", "found JSON")]
    [InlineData("<!DOCTYPE html><html>", "found a web page")]
    [InlineData("@RELATION iris\n@DATA\n1,2\n", "found an ARFF file")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "found a pointer of Git LFS")]
    public void What_is_wrong_is_one_line_with_its_place(string file, string reason)
    {
        string message = Assert.Throws<DataException>(() => Csv.Read(file)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith("file", message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> ForeignFiles => new()
    {
        { [.. "PK\u0003\u0004"u8, .. new byte[26], .. "arr_0.npy"u8, .. new byte[100]], "an npz file" },
        { [.. "PK\u0003\u0004"u8, .. new byte[26], .. "xl/workbook.xml"u8, .. new byte[100]], "an Excel workbook" },
        { [.. "PK\u0003\u0004"u8, .. new byte[26], .. "data.csv"u8, .. new byte[100]], "a zip archive" },
        { [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[784]], "an IDX file" },
        { [.. "PAR1"u8, .. new byte[100]], "a Parquet file" },
        { [.. "ARROW1"u8, .. new byte[100]], "an Arrow or Feather file" },
        { [64, 0, 0, 0, 0, 0, 0, 0, .. "{\"w\":{\"dtype\":\"F32\"}}"u8, .. new byte[100]], "a safetensors file" },
        { [0x93, .. "NUMPY"u8, 1, 0, .. new byte[100]], "an npy file" },
        { [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A, .. new byte[100]], "an HDF5 file" },
        { [.. "SQLite format 3"u8, .. new byte[100]], "an SQLite database" },
        { [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. new byte[100]], "an image" },
        { [0x80, 4, 0x95, .. new byte[100]], "a Python pickle" },
        { [1, 2, 3, 0, 0, 0, 0, 5, 0, 0, 0, 0, 9], "binary data" },
    };

    [Theory]
    [MemberData(nameof(ForeignFiles))]
    public void Files_of_other_kinds_are_named(byte[] file, string kind)
    {
        foreach (byte[] each in new[] { file, Csv.Gzip(file) })
            Assert.StartsWith($"file: found {kind}", Assert.Throws<DataException>(() => Table.Read(new MemoryStream(each), "file")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_file_that_was_cut_off_is_refused()
    {
        byte[] file = Csv.Gzip(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => FormattableString.Invariant($"{i},{i * 7 % 1000}\n")))));
        foreach (int length in new[] { file.Length - 1, file.Length - 8, file.Length - 5000, file.Length / 2 })
            Assert.Throws<DataException>(() => Table.Read(new MemoryStream(file[..length]), "file"));
    }

    [Fact]
    public void Hidden_characters_of_names_and_levels_are_written_as_codes()
    {
        Table table = Csv.Read("a\u001B[31m,b\n1,x\u0007\u202Ey\n2,\uFFFE\n");
        Assert.Equal(@"a\u001b[31m|b: 1|x\u0007\u202ey/2|\ufffe", Csv.ShowAll(table));
    }

    [Fact]
    public void Blocks_of_rows_are_the_rows_of_the_table()
    {
        string file = "a,b\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => FormattableString.Invariant($"{i},{(i % 7 == 3 ? "x" : "y")}\n")));
        using TableReader reader = new(Csv.Bytes(file), "file");
        List<string> blocks = [];
        while (reader.Read(64) is { } block)
        {
            Assert.True(block.Rows <= 64);
            blocks.Add(Csv.Show(block));
        }

        Assert.Equal(16, blocks.Count);
        Assert.Equal(Csv.Show(Csv.Read(file)), string.Join("/", blocks));
    }

    [Fact]
    public void Rows_in_memory_are_a_table()
    {
        Table table = Table.FromRows("rows", ["n", "flag", "text", "mixed"], [[1, true, "a", "5"], [2.5f, false, null, 6L], [null, null, " b ", "NA"]]);
        Assert.Equal("n|flag|text|mixed: 1|True|a|5/2.5|False|-|6/-|-|b|-", Csv.ShowAll(table));
        Assert.Equal([ColumnKind.Number, ColumnKind.Text, ColumnKind.Text, ColumnKind.Number], table.Columns.Select(column => column.Kind));
        Assert.Throws<ArgumentException>(() => Table.FromRows("rows", ["a", "a"], [[1, 2]]));
        Assert.Throws<ArgumentException>(() => Table.FromRows("rows", ["a", "b"], [[1]]));
        Assert.Throws<ArgumentException>(() => Table.FromRows("rows", ["a"], []));
        Assert.Throws<DataException>(() => Table.FromRows("rows", ["a"], [[double.PositiveInfinity]]));
    }

    [Fact]
    public void A_wide_table_takes_little_memory()
    {
        string file = string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"c{i}")) + "\n" + string.Join(",", Enumerable.Repeat("1.5", 20_000)) + "\n" + string.Join(",", Enumerable.Repeat("2", 20_000)) + "\n";
        long before = GC.GetAllocatedBytesForCurrentThread();
        Table table = Csv.Read(file);
        Assert.Equal(20_000, table.Columns.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void A_column_is_found_by_name_or_index_and_near_names_are_listed()
    {
        Table table = Csv.Read("age,fare,Sex\n1,2,x\n2,3,y\n");
        Assert.Equal("fare", table.Column("fare").Name);
        Assert.Equal("age", table.Column("0").Name);
        Assert.Equal("Sex", table.Column("-1").Name);
        Assert.Contains("did you mean \"Sex\"", Assert.Throws<DataException>(() => table.Column("sex")).Message, StringComparison.Ordinal);
        Assert.Contains("the columns are \"age\", \"fare\", \"Sex\"", Assert.Throws<DataException>(() => table.Column("survived")).Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => table.Column("3"));
    }
}
