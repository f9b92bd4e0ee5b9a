using System.Text;
using AutoDiffLsr.Data;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class CsvDatasetTests
{
    [Fact]
    public void The_last_column_has_the_labels_and_the_first_row_may_have_names()
    {
        Dataset<double> dataset = Read("width,height,kind\n1,2,b\n3,4,a\n5,6,b\n");
        Assert.Equal(["width", "height"], dataset.FeatureNames);
        Assert.Equal(["a", "b"], dataset.ClassNames);
        Assert.Equal([1, 0, 1], dataset.Labels);
        Assert.Equal([1, 2, 3, 4, 5, 6], dataset.Samples.ToArray());
        Assert.Equal(dataset.Samples, Read("1,2,b\n3,4,a\n5,6,b\n").Samples);
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("1")]
    [InlineData("-2")]
    public void The_column_of_the_labels_has_a_name_or_an_index(string labelColumn)
    {
        Dataset<double> dataset = Read("width,kind,height\n1,b,2\n3,a,4\n", new() { LabelColumn = labelColumn });
        Assert.Equal(["width", "height"], dataset.FeatureNames);
        Assert.Equal([1, 2, 3, 4], dataset.Samples.ToArray());
        Assert.Equal([1, 0], dataset.Labels);
    }

    [Fact]
    public void Names_that_are_numbers_are_names_when_a_header_is_said_to_be_there()
    {
        const string File = "0,1,label\n5,6,1\n7,8,2\n";
        Assert.Equal(2, Read(File, new() { HasHeader = true }).Count);
        Assert.Equal(2, Read(File, new() { LabelColumn = "label" }).Count);
        Assert.Equal(3, Read(File).Count);
    }

    [Fact]
    public void Numeric_labels_are_sorted_as_numbers_and_equal_ones_are_one_class()
    {
        Dataset<double> dataset = Read("1,10\n1,9\n1,2.0\n1,2\n1,-1\n");
        Assert.Equal(["-1", "2", "9", "10"], dataset.ClassNames);
        Assert.Equal([3, 2, 1, 1, 0], dataset.Labels);
    }

    [Fact]
    public void One_label_that_is_no_number_makes_all_of_them_text() =>
        Assert.Equal(["10", "9", "x"], Read("1,x\n1,9\n1,10\n").ClassNames);

    [Fact]
    public void Quotes_and_white_space_and_another_separator_are_fine()
    {
        Dataset<double> dataset = Read("\"1\"; 2 ;\"big; red\"\r\n3;4; small \r\n", new() { Separator = ';' });
        Assert.Equal([1, 2, 3, 4], dataset.Samples.ToArray());
        Assert.Equal(["big; red", "small"], dataset.ClassNames);
    }

    [Theory]
    [InlineData("", "file: found an empty file")]
    [InlineData("a,b,c\n", "file: found a header and no rows")]
    [InlineData("1,2,a\n3,b\n", "file, line 2: found 2 fields, expected 3 as in the first row")]
    [InlineData("1,2,a\n3,4,5,b\n", "file, line 2: found 4 fields")]
    [InlineData("1,2,a\n3,x4,b\n", "file, line 2, column 2: found \"x4\", expected a finite number")]
    [InlineData("w,h,kind\n1,2,a\n3,,b\n", "file, line 3, column 2 (\"h\"): found \"\", expected a finite number")]
    [InlineData("1,2,a\nNaN,4,b\n", "file, line 2, column 1: found \"NaN\"")]
    [InlineData("1,2,a\n3,1e999,b\n", "file, line 2, column 2: found \"1e999\", expected a number that fits into Double")]
    [InlineData("1,2,a\n3,4,\n", "file, line 2, column 3: found \"\", expected a label")]
    [InlineData("1,2,1\n3,4,nan\n", "file, line 2, column 3: found \"nan\", expected a label")]
    [InlineData("1,2,a\n3,4,a\n", "file, line 2, column 3: found the class \"a\" in every row up to here, expected at least 2 classes")]
    [InlineData("1;2;a\n", "file, line 1: found one field (\"1;2;a\"), expected features and a label, separated by \",\" (is the separator \";\"?)")]
    public void Bad_files_are_told_with_place_and_text(string file, string reason) =>
        Assert.Contains(reason, Assert.Throws<DataException>(() => Read(file)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("species", "found columns \"w\", \"kind\", expected one called \"species\"")]
    [InlineData("2", "found 2 columns, so no label column 2, expected an index 0..1, or -1 for the last")]
    [InlineData("-3", "no label column -3")]
    public void A_label_column_that_is_not_there_is_told(string labelColumn, string reason) =>
        Assert.Contains(reason, Assert.Throws<DataException>(() => Read("w,kind\n1,a\n", new() { LabelColumn = labelColumn })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_error_carries_its_place()
    {
        DataException error = Assert.Throws<DataException>(() => Read("w,kind\n1,a\nx\u001b[2J,b\n"));
        Assert.Equal(("file", 3L, 1, "a finite number"), (error.File, error.Line, error.Column, error.Expected));
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Fact]
    public void Classes_can_be_those_of_the_training_data()
    {
        string[] classes = ["1", "2", "3"];
        using MemoryStream known = Bytes("5,3\n6,1.0\n");
        Assert.Equal([2, 0], CsvDataset.Read<double>(known, "file", classNames: classes).Labels);
        using MemoryStream unknown = Bytes("5,3\n6,4\n");
        DataException error = Assert.Throws<DataException>(() => CsvDataset.Read<double>(unknown, "file", classNames: classes));
        Assert.Contains("file, line 2, column 2: found \"4\", expected one of the classes \"1\", \"2\", \"3\"", error.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 500)]
    public Property Any_bytes_give_a_data_set_or_a_data_exception_of_one_line()
    {
        Gen<byte> bytes = Gen.Frequency(
            (6, Gen.Elements("0123456789.,\n".Select(letter => (byte)letter))),
            (2, Gen.Elements("\"\r-eN; \t".Select(letter => (byte)letter))),
            (1, Gen.Choose(0, 255).Select(value => (byte)value)));
        return Prop.ForAll(bytes.ArrayOf().ToArbitrary(), file =>
        {
            try
            {
                return CsvDataset.Read<float>(new MemoryStream(file), "file").Classes >= 2;
            }
            catch (DataException error)
            {
                return error.Message.Length > 0 && !error.Message.Any(char.IsControl);
            }
        });
    }

    [Fact]
    public void Missing_files_are_told()
    {
        using TemporaryFolder folder = new();
        string path = folder["none.csv"];
        Assert.Equal($"{path}: found no such file, expected a CSV file", Assert.Throws<DataException>(() => CsvDataset.Read<float>(path)).Message);
        Assert.Throws<DataException>(() => CsvDataset.Read<float>(folder.Path));
    }

    [Fact]
    public void Iris_is_read_without_options()
    {
        Dataset<double> iris = CsvDataset.Read<double>(SharedData.Require("csv/iris.csv"));
        Assert.Equal(("iris", 150, 4, 3), (iris.Name, iris.Count, iris.Features, iris.Classes));
        Assert.Equal(["Iris-setosa", "Iris-versicolor", "Iris-virginica"], iris.ClassNames);
        Assert.All(Enumerable.Range(0, 3), label => Assert.Equal(50, iris.Labels.Count(l => l == label)));
        Assert.Equal([5.1, 3.5, 1.4, 0.2], iris.Sample(0).ToArray());
    }

    [Fact]
    public void Wheat_seeds_are_read_without_options()
    {
        Dataset<double> seeds = CsvDataset.Read<double>(SharedData.Require("csv/wheat-seeds.csv"));
        Assert.Equal((7, 3), (seeds.Features, seeds.Classes));
        Assert.Equal(["1", "2", "3"], seeds.ClassNames);
        Assert.Equal(210, seeds.Count);
        Assert.Equal([15.26, 14.84, 0.871, 5.763, 3.312, 2.221, 5.22], seeds.Sample(0).ToArray());
    }

    private static Dataset<double> Read(string file, CsvOptions? options = null) => CsvDataset.Read<double>(Bytes(file), "file", options);

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
