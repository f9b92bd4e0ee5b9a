using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Data.Tables.Encoders;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Data.Tables;

public sealed class TableEncoderTests
{
    private const string Mixed = "n,colour,y,m\n1,red,a,5\n2,blue,b,\n3,red,a,7\n4,green,b,8\n5,blue,a,9\n6,red,b,10\n7,blue,a,11\n8,yellow,b,12\n9,,a,13\n";

    [Fact]
    public void Numbers_categories_and_missing_values_become_features()
    {
        Table table = Csv.Read(Mixed);
        TableEncoder encoder = Fit(table);
        Assert.Equal(["colour=blue", "colour=red", "colour is rare", "colour is missing", "m", "m is missing", "n"], encoder.FeatureNames);
        Assert.Equal(["a", "b"], encoder.ClassNames);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1, 0], encoder.Labels(table));
        double[] features = encoder.Encode<double>(table, [0, 1, 3, 8]);
        Assert.Equal(
        [
            0, 1, 0, 0, 5, 0, 1,
            1, 0, 0, 0, 9.5, 1, 2, // the median of 5, 7, ..., 13
            0, 0, 1, 0, 8, 0, 4,
            0, 0, 0, 1, 13, 0, 9,
        ], features);
        Standardization<double> standardization = encoder.Standardization<double>();
        Assert.Equal([0, 0, 0, 0, (5 + 9.5 + 7 + 8 + 9 + 10 + 11 + 12 + 13) / 9, 0, 5], standardization.Mean.ToArray().Select(mean => Math.Round(mean, 12)).Select(mean => mean == Math.Round(84.5 / 9, 12) ? 84.5 / 9 : mean));
        Assert.Equal(Math.Sqrt(60 / 9.0), standardization.Scale[6], 12);
        Assert.Equal(1, standardization.Scale[5]);
    }

    [Fact]
    public void What_becomes_of_each_column_is_described()
    {
        IReadOnlyList<ColumnSummary> columns = Fit(Csv.Read(Mixed)).Describe();
        Assert.Equal(["n", "colour", "y", "m"], columns.Select(column => column.Plan.Name));
        Assert.Equal(["standardised", "4 features; 2 rare levels share one; missing is a level", "the target: 2 classes", "standardised; missing: the median 9.5, and a feature that says so"], columns.Select(column => column.Becomes));
        Assert.Equal([1, 4, 0, 2], columns.Select(column => column.Features));
        Assert.Equal(["1 to 9", "4 levels", "2 levels", "5 to 13"], columns.Select(column => column.Plan.Values));
    }

    /// <summary>The rows that are not for training may hold anything: the encoder is the same.</summary>
    [Fact]
    public void The_encoder_never_looks_at_rows_that_are_not_for_training()
    {
        Table table = Csv.Read(Mixed);
        TableSchema schema = TableSchema.Of(table, new() { Target = ["y"] });
        int[] train = [0, 1, 2, 3, 4, 5];
        string expected = WithoutRanges(TableEncoder.Fit(table, schema, train));
        foreach (string rest in new[] { "100,red,b,-1\n1000,blue,a,\n-5,violet,b,3\n", ",,a,\n,,b,\n3,brown,a,0\n", "7,blue,a,11\n8,blue,b,12\n9,blue,a,13\n" })
        {
            Table other = Csv.Read(string.Join("\n", Mixed.Split('\n').Take(7)) + "\n" + rest);
            TableSchema otherSchema = TableSchema.Of(other, new() { Target = ["y"] });
            Assert.Equal(expected, WithoutRanges(TableEncoder.Fit(other, otherSchema, train)));
        }

        static string WithoutRanges(TableEncoder encoder) => string.Join("|", encoder.FeatureNames) + string.Join("|", encoder.Inputs.SelectMany(input => input.Moments)) + string.Join("|", encoder.Encode<double>(Csv.Read(Mixed), [0, 1, 2, 3, 4, 5, 6, 7, 8]));
    }

    [Fact]
    public void Another_table_is_matched_by_name_whatever_its_order()
    {
        Table table = Csv.Read(Mixed);
        TableEncoder encoder = Fit(table);
        Table permuted = Permuted(table, [3, 1, 2, 0]);
        Assert.Equal(encoder.Encode<double>(table, Csv.AllRows(table)), encoder.Encode<double>(permuted, Csv.AllRows(table)));
        Assert.Equal(encoder.Labels(table), encoder.Labels(permuted));
        Assert.Empty(encoder.Compare(permuted));
        Table without = Csv.Read("m,colour,extra,n\n5,red,0,1\n");
        Assert.Equal(encoder.Encode<double>(table, [0]), encoder.Encode<double>(without, [0]));
        Assert.Contains("\"extra\" was not in the training data", Assert.Single(encoder.Compare(without)), StringComparison.Ordinal);
        Assert.Contains("the column \"colour\" of the training data is missing: did you mean \"color\"?", Assert.Throws<DataException>(() => encoder.Encode<double>(Csv.Read("m,color,n\n5,red,1\n"), [0])).Message, StringComparison.Ordinal);
        Assert.Contains("the target \"y\" is missing", Assert.Throws<DataException>(() => encoder.Labels(without)).Message, StringComparison.Ordinal);
        Assert.Contains("line 3, column 1 (\"m\"): found \"x\", expected a number", Assert.Throws<DataException>(() => encoder.Encode<double>(Csv.Read("m,colour,n\n5,red,1\nx,red,1\n"), [0])).Message, StringComparison.Ordinal);
        Assert.Contains("line 2, column 4 (\"y\"): found \"c\", expected one of the classes \"a\", \"b\"", Assert.Throws<DataException>(() => encoder.Labels(Csv.Read("m,colour,n,y\n5,red,1,c\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_header_columns_are_taken_by_their_place()
    {
        Table table = Csv.Read("5,1,0\n7,2,1\n3,3,0\n4,5,1\n", new() { HasHeader = false });
        TableEncoder encoder = TableEncoder.Fit(table, TableSchema.Of(table, new() { Target = ["0"], Task = TableTask.Regression }), [0, 1, 2, 3]);
        Assert.Equal([1, 0], encoder.Encode<double>(table, [0]));
        Assert.Equal([1, 0], encoder.Encode<double>(Csv.Read("1,0\n2,1\n", new() { HasHeader = false }), [0]));
        Table named = Csv.Read("a,b,c\n5,1,0\n");
        Assert.Equal([1, 0], encoder.Encode<double>(named, [0]));
        Assert.Contains("by their place", Assert.Single(encoder.Compare(named)), StringComparison.Ordinal);
        Assert.Contains("has 4 columns", Assert.Throws<DataException>(() => encoder.Encode<double>(Csv.Read("1,2,3,4\n"), [0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_never_seen_are_counted_and_taken_for_rare_ones()
    {
        TableEncoder encoder = Fit(Csv.Read(Mixed));
        EncodingCounts counts = new();
        double[] features = encoder.Encode<double>(Csv.Read("n,colour,m\n1,violet,5\n2,brown,5\n3,red,5\n,red,5\n"), [0, 1, 2, 3], counts);
        Assert.Equal([0, 0, 1, 0, 5, 0, 1], features[..7]);
        Assert.Equal(2, counts.Unseen);
        Assert.Equal(1, counts.Missing);
        Assert.Equal(["\"colour\": 2 values of categories that training has not seen, such as \"violet\"", "\"n\": 1 value missing, where none was in training"], counts.Notes);
    }

    [Fact]
    public void Without_rare_levels_a_category_never_seen_is_none()
    {
        TableEncoder encoder = Fit(Csv.Read("c,n,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{"uv"[i % 2]},{i},{i % 2}\n")))), "y");
        Assert.Equal([0, 0, 1], encoder.Encode<double>(Csv.Read("c,n\nw,1\n"), [0]));
    }

    [Fact]
    public void A_column_of_too_many_categories_is_refused_by_name()
    {
        string rows = string.Concat(Enumerable.Range(0, 3 * 1001).Select(i => FormattableString.Invariant($"city{i % 1001},{i},{i % 2}\n")));
        Table table = Csv.Read("city,n,y\n" + rows);
        string message = Assert.Throws<DataException>(() => Fit(table)).Message;
        Assert.Contains("\"city\" has 1001 categories", message, StringComparison.Ordinal);
        Assert.Contains("at most 1000", message, StringComparison.Ordinal);
        Assert.Contains("--ignore-columns \"city\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_of_a_regression_have_their_own_unit()
    {
        Table table = Csv.Read("a,y,z\n1,10.5,1\n2,20,2\n3,,3\n4,30,4\n");
        TableSchema schema = TableSchema.Of(table, new() { Target = ["y", "z"] });
        TableEncoder encoder = TableEncoder.Fit(table, schema, [0, 1]);
        Assert.Equal(TableTask.Regression, schema.Task);
        Assert.Equal([10.5, 1, 20, 2, double.NaN, 3, 30, 4], encoder.Targets(table));
        Assert.Equal([new TargetScale("y", 15.25, 4.75), new TargetScale("z", 1.5, 0.5)], encoder.TargetScales);
        Assert.Empty(encoder.ClassNames);
    }

    [Fact]
    public void A_saved_encoder_is_the_same()
    {
        Table table = Csv.Read(Mixed);
        TableEncoder encoder = Fit(table), loaded = TableEncoder.FromJson(encoder.ToJson());
        Assert.Equal(encoder.ToJson(), loaded.ToJson());
        Assert.Equal(encoder.Encode<double>(table, Csv.AllRows(table)), loaded.Encode<double>(table, Csv.AllRows(table)));
        Assert.Equal(encoder.Standardization<float>().Mean.ToArray(), loaded.Standardization<float>().Mean.ToArray());
        Assert.Equal(encoder.Describe(), loaded.Describe());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("{}", "")]
    [InlineData("\"version\":1", "\"version\":2")]
    [InlineData("\"task\":\"Classification\"", "\"task\":\"Regression\"")]
    [InlineData("\"median\":", "\"middle\":")]
    [InlineData("\"scale\":", "\"scale\":-")]
    [InlineData("\"levels\":[\"blue\",", "\"levels\":[\"red\",")]
    [InlineData("\"role\":\"Numeric\"", "\"role\":\"Other\"")]
    [InlineData("\"classes\":[\"a\",\"b\"]", "\"classes\":[\"a\"]")]
    public void A_damaged_encoder_is_refused(string part, string replacement)
    {
        string json = Fit(Csv.Read(Mixed)).ToJson(), damaged = replacement.Length == 0 ? part : json.Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(json, damaged);
        string message = Assert.Throws<DataException>(() => TableEncoder.FromJson(damaged)).Message;
        Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 100)]
    public Property Encoding_and_decoding_a_category_is_the_identity()
    {
        Gen<string> level = Gen.Elements("red", "blue", "a=b", "true", "7", "0.5", "x y", "\u00E9", "rare");
        return Prop.ForAll(level.NonEmptyListOf().ToArbitrary(), levels =>
        {
            Table table = Table.FromRows("rows", ["c", "y"], levels.Append("!").Append("!").Append("!").Append("?!").Append("?!").Append("?!").Select((each, i) => new object?[] { each, i % 2 }));
            TableColumn column = table.Columns[0];
            TableSchema schema = TableSchema.Of(table, new() { Target = ["y"], Categorical = ["c"] });
            TableEncoder encoder = TableEncoder.Fit(table, schema, Csv.AllRows(table));
            CategoryEncoding encoding = Assert.IsType<CategoryEncoding>(Assert.Single(encoder.Inputs));
            double[] features = encoder.Encode<double>(table, Csv.AllRows(table));
            return Csv.AllRows(table).All(row =>
            {
                ReadOnlySpan<double> encoded = features.AsSpan(row * encoder.Features, encoder.Features);
                return encoding.Decode(encoded) == (encoding.Rare.Contains(column.Text(row)!) ? null : column.Text(row)) && encoded.Count(1.0) == 1 && encoded.Count(0.0) == encoder.Features - 1;
            });
        });
    }

    [Property(MaxTest = 100)]
    public Property The_order_of_columns_changes_no_bit_of_the_features()
    {
        Gen<int[]> order = Gen.Shuffle(new[] { 0, 1, 2, 3 });
        return Prop.ForAll(order.ToArbitrary(), places =>
        {
            Table table = Csv.Read(Mixed), permuted = Permuted(table, places);
            TableEncoder one = Fit(table), other = Fit(permuted);
            return one.FeatureNames.SequenceEqual(other.FeatureNames) && one.Encode<float>(table, Csv.AllRows(table)).SequenceEqual(other.Encode<float>(permuted, Csv.AllRows(table)))
                && one.Standardization<float>().Mean.SequenceEqual(other.Standardization<float>().Mean);
        });
    }

    [Theory]
    [InlineData("x2", "x10", -1)]
    [InlineData("x10", "x2", 1)]
    [InlineData("a1b2", "a1b10", -1)]
    [InlineData("a", "a1", -1)]
    [InlineData("x1", "x01", 1)]
    [InlineData("B", "a", -1)]
    [InlineData("x", "x", 0)]
    public void Names_are_in_natural_order(string a, string b, int order) => Assert.Equal(order, Math.Sign(NaturalOrder.Instance.Compare(a, b)));

    private static TableEncoder Fit(Table table, string target = "y") => TableEncoder.Fit(table, TableSchema.Of(table, new() { Target = [target] }), Csv.AllRows(table));

    private static Table Permuted(Table table, int[] places) => Table.FromRows(
        table.Name, [.. places.Select(place => table.Columns[place].Name)], Csv.AllRows(table).Select(row => (IReadOnlyList<object?>)[.. places.Select(place => (object?)table.Columns[place].Text(row))]));
}
