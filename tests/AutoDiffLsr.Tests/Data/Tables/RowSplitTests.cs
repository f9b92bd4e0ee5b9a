using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Files;
using Xunit;

namespace AutoDiffLsr.Tests.Data.Tables;

public sealed class RowSplitTests
{
    private static readonly Table Classes = Csv.Read("a,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"{i},{(i == 99 ? "single" : i % 10 == 0 ? "?" : i % 4 == 1 ? "few" : "many")}\n"))));

    [Fact]
    public void Each_class_gives_its_share_and_rows_without_a_target_are_in_no_part()
    {
        TableSchema schema = TableSchema.Of(Classes, new() { Target = ["y"], Keep = ["a"] });
        var split = RowSplit.Draw(Classes, schema, 0.2, 0.1, seed: 1);
        Assert.Equal(10, split.Unlabelled);
        Assert.Equal(90, split.Train.Count + split.Validation.Count + split.Test.Count);
        Assert.Equal(90, split.Train.Concat(split.Validation).Concat(split.Test).Distinct().Count());
        Assert.Equal(5, Count(split.Test, "few"));
        Assert.Equal(13, Count(split.Test, "many"));
        Assert.Equal(3, Count(split.Validation, "few"));
        Assert.Equal(1, Count(split.Train, "single"));
        Assert.True(split.Train.SequenceEqual(split.Train.Order()));
        Assert.Equal(split.Test, RowSplit.Draw(Classes, schema, 0.2, 0.1, seed: 1).Test);
        Assert.NotEqual(split.Test, RowSplit.Draw(Classes, schema, 0.2, 0.1, seed: 2).Test);
    }

    [Fact]
    public void A_share_of_0_is_no_part()
    {
        var split = RowSplit.Draw(Classes, TableSchema.Of(Classes, new() { Target = ["y"], Keep = ["a"] }), 0, 0, seed: 1);
        Assert.Equal(90, split.Train.Count);
        Assert.Empty(split.Test);
    }

    [Fact]
    public void A_regression_is_split_without_classes()
    {
        Table table = Csv.Read("a,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{i % 7},{(i == 3 ? "" : i + 0.5)}\n"))));
        var split = RowSplit.Draw(table, TableSchema.Of(table), 0.2, 0, seed: 1);
        Assert.Equal((39, 10, 1), (split.Train.Count, split.Test.Count, split.Unlabelled));
        Assert.DoesNotContain(3, split.Train.Concat(split.Test));
    }

    [Fact]
    public void Wrong_shares_and_too_few_rows_are_refused()
    {
        TableSchema schema = TableSchema.Of(Classes, new() { Target = ["y"], Keep = ["a"] });
        Assert.Throws<ArgumentOutOfRangeException>(() => RowSplit.Draw(Classes, schema, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowSplit.Draw(Classes, schema, 0.5, 0.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowSplit.Draw(Classes, schema, double.NaN, 0, 1));
        Table two = Csv.Read("a,y\n1,u\n2,v\n");
        Assert.Contains("--test-fraction 0", Assert.Throws<DataException>(() => RowSplit.Draw(two, TableSchema.Of(two), 0.2, 0, 1)).Message, StringComparison.Ordinal);
    }

    private static int Count(IReadOnlyList<int> rows, string label) => rows.Count(row => Classes.Columns[1].Text(row) == label);
}
