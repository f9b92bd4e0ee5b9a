using System.Globalization;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Files;
using Xunit;

namespace AutoDiffLsr.Tests.Data.Tables;

public sealed class TableSchemaTests
{
    [Theory]
    [InlineData("number", "i => i / 2.0", ColumnRole.Numeric)]
    [InlineData("text", "colours", ColumnRole.Categorical)]
    [InlineData("flag", "flags", ColumnRole.Categorical)]
    [InlineData("count", "1..N", ColumnRole.Identifier)]
    [InlineData("count", "0..N-1", ColumnRole.Identifier)]
    [InlineData("count", "N..1", ColumnRole.Identifier)]
    [InlineData("count", "2..N+1", ColumnRole.Numeric)]
    [InlineData("PassengerId", "different", ColumnRole.Identifier)]
    [InlineData("customer_id", "different", ColumnRole.Identifier)]
    [InlineData("Id", "different", ColumnRole.Identifier)]
    [InlineData("_index_", "different", ColumnRole.Identifier)]
    [InlineData("", "different", ColumnRole.Identifier)]
    [InlineData("uuid", "names", ColumnRole.Identifier)]
    [InlineData("humid", "different", ColumnRole.Numeric)]
    [InlineData("shop_id", "few", ColumnRole.Numeric)]
    [InlineData("name", "names", ColumnRole.FreeText)]
    [InlineData("constant", "3", ColumnRole.Constant)]
    [InlineData("constant", "x", ColumnRole.Constant)]
    [InlineData("nothing", "NA", ColumnRole.Empty)]
    [InlineData("almost", "3 or NA", ColumnRole.Numeric)]
    public void Columns_have_roles(string name, string values, ColumnRole role)
    {
        const int N = 40;
        string[] column = [.. Enumerable.Range(0, N).Select(i => Value(values, i, N))];
        Table table = Csv.Read($"{name},y\n" + string.Join("\n", column.Select((value, i) => FormattableString.Invariant($"{value},{i % 2}"))));
        Assert.Equal(role, Schema(table, role).Columns[0].Role);
    }

    [Theory]
    [InlineData("a,b,target\n", "target", "by its name")]
    [InlineData("Label,a,b\n", "Label", "by its name")]
    [InlineData("a,class,b\n", "b", "the last column")]
    [InlineData("class,a,b\n", "class", "by its name")]
    [InlineData("a,b,id\n", "b", "the last column that can be one")]
    public void The_target_is_guessed_and_the_reason_is_given(string header, string target, string reason)
    {
        bool hasId = header.Contains("id", StringComparison.Ordinal);
        Table table = Csv.Read(header + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i % 2},{(i + 1) % 3},{(hasId ? 100 + (7 * i) : i % 4)}\n"))));
        TableSchema schema = TableSchema.Of(table);
        Assert.Equal([target], schema.Targets);
        Assert.Contains(reason, schema.Notes[0], StringComparison.Ordinal);
        Assert.Contains("--label-column", schema.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b a b a b", TableTask.Classification)]
    [InlineData("0 1 0 1 1 0", TableTask.Classification)]
    [InlineData("1 2 3 1 2 3", TableTask.Classification)]
    [InlineData("1.5 2.5 1.5 2.5 3 3", TableTask.Regression)]
    [InlineData("12 7 45 33 8 90", TableTask.Regression)]
    [InlineData("True False True False True False", TableTask.Classification)]
    public void The_task_is_found_out_and_can_be_chosen(string targets, TableTask task)
    {
        Table table = Csv.Read("a,y\n" + string.Join("\n", targets.Split(' ').Select((y, i) => FormattableString.Invariant($"{i * i},{y}"))));
        TableSchema schema = TableSchema.Of(table, new() { Target = ["y"] });
        Assert.Equal(task, schema.Task);
        Assert.Contains($"--task {(task == TableTask.Classification ? "regression" : "classification")}", schema.Notes[0], StringComparison.Ordinal);
        Assert.Equal(TableTask.Classification, TableSchema.Of(table, new() { Target = ["y"], Task = TableTask.Classification }).Task);
        if (table.Column("y").Kind == ColumnKind.Number)
            Assert.Equal(TableTask.Regression, TableSchema.Of(table, new() { Target = ["y"], Task = TableTask.Regression }).Task);
    }

    [Theory]
    [InlineData(26, 20, TableTask.Classification)] // letters
    [InlineData(47, 10, TableTask.Classification)]
    [InlineData(47, 2, TableTask.Regression)]
    public void Many_numbered_classes_are_classes_where_each_has_rows(int classes, int rowsOfEach, TableTask task)
    {
        Table table = Csv.Read("a,y\n" + string.Concat(Enumerable.Range(0, classes * rowsOfEach).Select(i => FormattableString.Invariant($"{i * 0.5},{1 + (i % classes)}\n"))));
        Assert.Equal(task, TableSchema.Of(table).Task);
    }

    [Fact]
    public void Options_overrule_roles()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i},{i % 3},name{i},{i % 2}\n")));
        Table table = Csv.Read("id,code,name,y\n" + rows);
        Assert.Equal([ColumnRole.Identifier, ColumnRole.Numeric, ColumnRole.FreeText, ColumnRole.Target], Roles(table, new()));
        Assert.Equal([ColumnRole.Numeric, ColumnRole.Numeric, ColumnRole.Categorical, ColumnRole.Target], Roles(table, new() { Keep = ["id", "name"] }));
        Assert.Equal([ColumnRole.Identifier, ColumnRole.Categorical, ColumnRole.FreeText, ColumnRole.Target], Roles(table, new() { Categorical = ["code"] }));
        Assert.Equal([ColumnRole.Numeric, ColumnRole.Ignored, ColumnRole.FreeText, ColumnRole.Target], Roles(table, new() { Numeric = ["0"], Ignore = ["1"] }));
        Assert.Contains("found \"name0\", expected a number", Fails(table, new() { Numeric = ["name"] }), StringComparison.Ordinal);
        Assert.Contains("did you mean \"code\"", Fails(table, new() { Ignore = ["cod"] }), StringComparison.Ordinal);
        Assert.Contains("ignored and kept", Fails(table, new() { Ignore = ["code"], Keep = ["code"] }), StringComparison.Ordinal);
        Assert.Contains("both the target and left out", Fails(table, new() { Target = ["y"], Ignore = ["y"] }), StringComparison.Ordinal);
        Assert.Contains("no column is left to learn from", Fails(table, new() { Ignore = ["code"] }), StringComparison.Ordinal);
        Assert.Contains("there is nothing to learn", Fails(Csv.Read("a,y\n1,5\n2,5\n3,5\n"), new()), StringComparison.Ordinal);
        Assert.Contains("--label-column", Fails(Csv.Read("a,y\n1,5\n2,5\n3,5\n"), new()), StringComparison.Ordinal);
        Assert.Contains("line 2, column 4 (\"y\")", Fails(Csv.Read("a,b,c,y\n1,2,3,u\n2,3,4,v\n"), new() { Task = TableTask.Regression }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_among_many_numbers_is_a_mistake_and_not_a_thousand_categories()
    {
        Table table = Csv.Read("a,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"{(i == 41 ? "12..3" : (i * 0.5).ToString(CultureInfo.InvariantCulture))},{i % 2}\n"))));
        string message = Fails(table, new());
        Assert.StartsWith("file, line 43, column 1 (\"a\"): found \"12..3\", expected a number like 99 others", message, StringComparison.Ordinal);
        Assert.Contains("--missing \"12..3\"", message, StringComparison.Ordinal);
        Assert.Equal(ColumnRole.Categorical, TableSchema.Of(table, new() { Categorical = ["a"] }).Columns[0].Role);
    }

    [Fact]
    public void A_column_that_tells_the_target_is_pointed_out()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{(i % 2 == 0 ? "no" : "yes")},{i % 3},{i % 2}\n")));
        Assert.Contains(TableSchema.Of(Csv.Read("alive,other,y\n" + rows)).Notes, note => note.Contains("\"alive\" tells the target", StringComparison.Ordinal));
        Assert.DoesNotContain(TableSchema.Of(Csv.Read("alive,other,y\n" + rows)).Notes, note => note.Contains("\"other\"", StringComparison.Ordinal));
    }

    private static TableSchema Schema(Table table, ColumnRole role)
    {
        if (role is ColumnRole.Numeric or ColumnRole.Categorical)
            return TableSchema.Of(table, new() { Target = ["y"] });

        // Something must be left to learn from.
        Table wider = Table.FromRows("rows", [table.Columns[0].Name, "feature", "y"], Csv.AllRows(table).Select(row => new object?[] { table.Columns[0].Text(row), row % 5, row % 2 }));
        return TableSchema.Of(wider, new() { Target = ["y"] });
    }

    private static string Value(string values, int i, int n) => values switch
    {
        "i => i / 2.0" => (i / 2.0).ToString(CultureInfo.InvariantCulture),
        "colours" => i % 3 == 0 ? "red" : "blue",
        "flags" => i % 2 == 0 ? "TRUE" : "FALSE",
        "1..N" => (i + 1).ToString(CultureInfo.InvariantCulture),
        "0..N-1" => i.ToString(CultureInfo.InvariantCulture),
        "N..1" => (n - i).ToString(CultureInfo.InvariantCulture),
        "2..N+1" => (i + 2).ToString(CultureInfo.InvariantCulture),
        "different" => (100 + (7 * i)).ToString(CultureInfo.InvariantCulture),
        "few" => (i % 10).ToString(CultureInfo.InvariantCulture),
        "names" => $"n{i}",
        "3 or NA" => i == 5 ? "NA" : "3",
        _ => values,
    };

    private static ColumnRole[] Roles(Table table, SchemaOptions options) => [.. TableSchema.Of(table, options).Columns.Select(plan => plan.Role)];

    private static string Fails(Table table, SchemaOptions options) => Assert.Throws<DataException>(() => TableSchema.Of(table, options)).Message;
}
