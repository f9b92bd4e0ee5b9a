using System.Text;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Data.Tables;

/// <summary>Tables as people have them, read and encoded without a word of help beyond the target's name.</summary>
public sealed class RealTableTests
{
    [Theory]
    [InlineData("abalone.csv", null, TableTask.Regression, 4177, 10, 0)]
    [InlineData("auto-mpg.csv", "mpg", TableTask.Regression, 398, 7, 0)]
    [InlineData("breast-cancer-wisconsin.csv", null, TableTask.Classification, 699, 10, 0)]
    [InlineData("cnae9-170-rows.csv", "0", TableTask.Classification, 169, 358, 498)]
    [InlineData("glass-with-id.csv", null, TableTask.Classification, 214, 9, 1)]
    [InlineData("haberman.csv", null, TableTask.Classification, 306, 3, 0)]
    [InlineData("heart-trailing-commas.csv", null, TableTask.Classification, 303, 13, 2)]
    [InlineData("house-votes.csv", null, TableTask.Classification, 435, 48, 0)]
    [InlineData("housing.csv", null, TableTask.Regression, 506, 13, 0)]
    [InlineData("iris-decimal-comma.txt", null, TableTask.Classification, 150, 4, 0)]
    [InlineData("iris-with-id.csv", null, TableTask.Classification, 150, 4, 1)]
    [InlineData("mnist-label-first-150-rows.csv", null, TableTask.Classification, 150, 532, 252)]
    [InlineData("pima.csv", null, TableTask.Classification, 768, 8, 0)]
    [InlineData("regression-semicolons.csv", null, TableTask.Regression, 500, 11, 0)]
    [InlineData("titanic.csv", "survived", TableTask.Classification, 891, 36, 0)]
    public void A_real_table_is_read_and_encoded(string file, string? target, TableTask task, int rows, int features, int leftOut)
    {
        Table table = Table.Read(SharedData.Require($"tables/{file}"));
        TableSchema schema = TableSchema.Of(table, new() { Target = target is null ? [] : [target] });
        TableEncoder encoder = TableEncoder.Fit(table, schema, Csv.AllRows(table));
        Assert.Equal((task, rows, features, leftOut), (schema.Task, table.Rows, encoder.Features, schema.Columns.Count(plan => !plan.IsFeature && plan.Role != ColumnRole.Target)));
        Assert.DoesNotContain(float.NaN, encoder.Encode<float>(table, Csv.AllRows(table)));
    }

    /// <summary>What a file is wrapped in changes nothing: gzip, a byte order mark, line ends, another separator, another encoding.</summary>
    [Theory]
    [InlineData("titanic.csv", "survived")]
    [InlineData("house-votes.csv", null)]
    [InlineData("regression-semicolons.csv", null)]
    [InlineData("pima.csv", null)]
    public void Packing_mark_line_ends_and_separator_change_no_bit(string file, string? target)
    {
        string text = File.ReadAllText(SharedData.Require($"tables/{file}")).ReplaceLineEndings("\n");
        char separator = text.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        byte[] plain = Encoding.UTF8.GetBytes(text);
        string expected = Fingerprint(plain, target);
        Assert.Equal(expected, Fingerprint(Csv.Gzip(plain), target));
        Assert.Equal(expected, Fingerprint([.. "\uFEFF"u8, .. plain], target));
        Assert.Equal(expected, Fingerprint(Encoding.Unicode.GetBytes(text), target));
        Assert.Equal(expected, Fingerprint(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), target));
        foreach (char other in new[] { ',', ';', '\t', '|' })
            Assert.Equal(expected, Fingerprint(Encoding.UTF8.GetBytes(text.Replace(separator, other)), target));
    }

    private static string Fingerprint(byte[] file, string? target)
    {
        Table table = Table.Read(new MemoryStream(file), "file");
        TableEncoder encoder = TableEncoder.Fit(table, TableSchema.Of(table, new() { Target = target is null ? [] : [target] }), Csv.AllRows(table));
        return string.Join("|", encoder.FeatureNames) + string.Join("|", encoder.Encode<float>(table, Csv.AllRows(table)));
    }
}
