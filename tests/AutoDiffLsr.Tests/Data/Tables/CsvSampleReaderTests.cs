using System.Text;
using AutoDiffLsr.Data;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class CsvSampleReaderTests
{
    [Fact]
    public void Rows_without_labels_are_read_one_by_one()
    {
        using CsvSampleReader<float> reader = new(Bytes("w,h\n1,2\n3,4e2\n"), "file", new() { HasLabels = false });
        Assert.Equal(["w", "h"], reader.FeatureNames);
        Assert.False(reader.HasLabels);
        Assert.True(reader.Read());
        Assert.Equal([1f, 2f], reader.Sample.ToArray());
        Assert.True(reader.Read());
        Assert.Equal([3f, 400f], reader.Sample.ToArray());
        Assert.Equal(3, reader.Line);
        Assert.False(reader.Read());
        Assert.Throws<InvalidOperationException>(() => reader.Label);
    }

    [Fact]
    public void Reading_numbers_allocates_nothing_per_row()
    {
        string row = "1.5,2.5,-3e-2\n";
        using CsvSampleReader<double> reader = new(Bytes(string.Concat(Enumerable.Repeat(row, 3000))), "file", new() { HasLabels = false });
        for (int i = 0; i < 1000; i++)
            reader.Read();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            reader.Read();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
