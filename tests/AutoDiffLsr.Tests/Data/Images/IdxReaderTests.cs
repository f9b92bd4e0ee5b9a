using AutoDiffLsr.Data;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class IdxReaderTests
{
    private static readonly byte[] Good = IdxFiles.Make([.. Enumerable.Range(0, 2000).Select(i => (byte)(i * i))], 20, 10, 10);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_read_plain_and_compressed(bool gzip)
    {
        IdxArray array = Read(gzip ? IdxFiles.Gzip(Good) : Good);
        Assert.Equal([20, 10, 10], array.Dimensions);
        Assert.Equal(Good[16..], array.Values.ToArray());
    }

    [Fact]
    public void A_wrong_magic_number_is_told() =>
        AssertRefused(IdxFiles.Make([0, 1], 2), "found magic number 0x00000801, expected 0x00000803 (IDX, unsigned bytes, images)");

    [Fact]
    public void An_element_type_other_than_bytes_is_told()
    {
        byte[] floats = [.. Good];
        floats[2] = 0x0D;
        AssertRefused(floats, "found magic number 0x00000D03");
    }

    [Theory]
    [InlineData(0, "found an empty file")]
    [InlineData(3, "found 3 bytes")]
    [InlineData(15, "found 15 bytes, expected an IDX header of 16 bytes")]
    [InlineData(16, "found 0 bytes after the header, expected 20 x 10 x 10 bytes")]
    [InlineData(2015, "found 1999 bytes after the header, expected 20 x 10 x 10 bytes")]
    public void A_file_that_is_too_short_is_told(int length, string reason)
    {
        AssertRefused(Good[..length], reason);
        AssertRefused(IdxFiles.Gzip(Good[..length]), reason);
    }

    [Fact]
    public void A_file_that_is_too_long_is_told()
    {
        byte[] longer = [.. Good, 0];
        AssertRefused(longer, "found 2001 bytes after the header");
        AssertRefused(IdxFiles.Gzip(longer), "found more after the header");
    }

    [Fact]
    public void Gzip_data_cut_anywhere_is_refused()
    {
        byte[] gzip = IdxFiles.Gzip(Good);
        for (int length = 0; length < gzip.Length; length++)
            Assert.Throws<DataException>(() => Read(gzip[..length]));
    }

    [Fact]
    public void Gzip_data_with_a_wrong_check_sum_is_refused()
    {
        byte[] gzip = IdxFiles.Gzip(Good);
        gzip[^8] ^= 1;
        AssertRefused(gzip, "found damaged gzip data");
    }

    [Theory]
    [InlineData(0x7FFFFFC7, 1, 1, "expected 2147483591 x 1 x 1 bytes")]
    [InlineData(60_000, 28, 28, "expected 60000 x 28 x 28 bytes")]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, "expected at most")]
    [InlineData(-1, 1, 1, "found a size of 4294967295 in its header")]
    [InlineData(5, 0, 5, "found a size of 0 in its header")]
    public void Sizes_that_the_file_cannot_hold_are_refused_without_an_allocation(int count, int rows, int columns, string reason)
    {
        byte[] header = IdxFiles.Make([1, 2, 3], count, rows, columns);
        byte[] compressed = IdxFiles.Gzip(header);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(header, reason);
        AssertRefused(compressed, reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Property(MaxTest = 300)]
    public Property Damaged_bytes_give_an_array_or_a_data_exception()
    {
        Gen<(int At, int Value)[]> damage = Gen.Choose(0, 2015).SelectMany(at => Gen.Choose(0, 255).Select(value => (at, value))).ArrayOf();
        return Prop.ForAll(damage.ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (changes, gzip) =>
        {
            byte[] file = gzip ? IdxFiles.Gzip(Good) : [.. Good];
            foreach ((int at, int value) in changes)
                file[at % file.Length] = (byte)value;
            try
            {
                return Read(file).Values.Length > 0;
            }
            catch (DataException error)
            {
                return error.Message.StartsWith("file: found ", StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void Missing_files_and_folders_are_told()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("no such file", Assert.Throws<DataException>(() => IdxReader.Read(folder["none"], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("found a folder", Assert.Throws<DataException>(() => IdxReader.Read(folder.Path, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => IdxReader.Read("", 1));
        Assert.Throws<DataException>(() => IdxReader.Read("a\0b", 1));
    }

    private static IdxArray Read(byte[] file) => IdxReader.Read(new MemoryStream(file), "file", rank: 3);

    private static void AssertRefused(byte[] file, string reason) =>
        Assert.Contains(reason, Assert.Throws<DataException>(() => Read(file)).Message, StringComparison.Ordinal);
}
