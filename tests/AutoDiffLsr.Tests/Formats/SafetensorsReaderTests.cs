using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

public sealed class SafetensorsReaderTests
{
    private static readonly byte[] Good = SafetensorsFiles.Make(
        """{"__metadata__":{"format":"pt","é\"":"\u00fc"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"n":{"shape":[],"dtype":"I64","data_offsets":[8,16]},"b":{"dtype":"F64","shape":[3],"data_offsets":[16,40]}}   """,
        SafetensorsFiles.Floats(1.5f, -2),
        SafetensorsFiles.Longs(-7),
        SafetensorsFiles.Doubles(0.1, double.MaxValue, -0.0));

    [Fact]
    public void A_file_made_by_hand_is_read()
    {
        using SafetensorsReader reader = SafetensorsFiles.Open(Good);
        Assert.Equal(["a F32 [2, 1]", "n I64 []", "b F64 [3]"], reader.Tensors.Select(entry => entry.ToString()));
        Assert.Equal(new() { ["format"] = "pt", ["é\""] = "ü" }, reader.Metadata.ToDictionary());
        Assert.Equal([1.5f, -2], Read<float>(reader, "a"));
        Assert.Equal([-7L], Read<long>(reader, "n"));
        Assert.Equal([0.1, double.MaxValue, -0.0], Read<double>(reader, "b"));
        Assert.Null(reader.Find("c"));
    }

    [Fact]
    public void F32_is_read_as_double_exactly_and_F64_not_as_float()
    {
        using SafetensorsReader reader = SafetensorsFiles.Open(Good);
        Assert.Equal([1.5, -2.0], Read<double>(reader, "a"));
        ModelFileException error = Assert.Throws<ModelFileException>(() => Read<float>(reader, "b"));
        Assert.Equal("file: found tensor \"b\" of type F64, expected F32 for Single", error.Message);
    }

    [Fact]
    public void Long_tensors_are_widened_block_by_block()
    {
        float[] values = [.. Enumerable.Range(0, 40_000).Select(i => i / 7f)];
        byte[] file = SafetensorsFiles.Make("""{"a":{"dtype":"F32","shape":[40000],"data_offsets":[0,160000]}}""", SafetensorsFiles.Floats(values));
        using SafetensorsReader reader = SafetensorsFiles.Open(file);
        Assert.Equal(values.Select(value => (double)value), Read<double>(reader, "a"));
    }

    [Fact]
    public void Numbers_of_16_bits_are_read_as_float_and_double_exactly()
    {
        Half[] half = [(Half)1.5f, (Half)(-65504f), Half.Epsilon, (Half)(1 / 3f), .. Enumerable.Range(0, 40_000).Select(i => (Half)(i / 64f))];
        ushort[] upper = [0x3FC0, 0xBF80, 0x0001, 0x7F7F, .. Enumerable.Range(0, 40_000).Select(i => (ushort)i)];
        byte[] file = SafetensorsFiles.Make(
            """{"h":{"dtype":"F16","shape":[40004],"data_offsets":[0,80008]},"b":{"dtype":"BF16","shape":[40004],"data_offsets":[80008,160016]}}""",
            System.Runtime.InteropServices.MemoryMarshal.AsBytes<Half>(half).ToArray(),
            System.Runtime.InteropServices.MemoryMarshal.AsBytes<ushort>(upper).ToArray());
        using SafetensorsReader reader = SafetensorsFiles.Open(file);
        Assert.Equal(half.Select(value => (float)value), Read<float>(reader, "h"));
        Assert.Equal(half.Select(value => (double)value), Read<double>(reader, "h"));
        float[] expected = [1.5f, -1, float.Epsilon * 65536, 3.3895314e38f, .. upper[4..].Select(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16))];
        Assert.Equal(expected, Read<float>(reader, "b"));
        Assert.Equal(expected.Select(value => (double)value), Read<double>(reader, "b"));
        reader.RequireFinite(reader.Find("h")!);
        Assert.Equal("file: found tensor \"h\" of type F16, expected I64 for Int64", Assert.Throws<ModelFileException>(() => Read<long>(reader, "h")).Message);
    }

    [Theory]
    [InlineData("F16", 0x7C00, "found ∞ in")]
    [InlineData("F16", 0x7E00, "found NaN in")]
    [InlineData("BF16", 0xFF80, "found -∞ in")]
    public void A_number_of_16_bits_that_is_not_finite_is_found(string type, int bits, string reason)
    {
        byte[] file = SafetensorsFiles.Make($$$"""{"a":{"dtype":"{{{type}}}","shape":[40000],"data_offsets":[0,80000]}}""", [.. new byte[79_998], (byte)bits, (byte)(bits >> 8)]);
        using SafetensorsReader reader = SafetensorsFiles.Open(file);
        string message = Assert.Throws<ModelFileException>(() => reader.RequireFinite(reader.Tensors[0])).Message;
        Assert.Contains(reason.Replace("∞", "Infinity", StringComparison.Ordinal), message, StringComparison.Ordinal);
        Assert.Contains("element 39999", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "found NaN in tensor \"a\", element 39999, expected finite numbers")]
    [InlineData(float.NegativeInfinity, "found -Infinity in tensor \"a\", element 39999, expected finite numbers")]
    public void A_number_that_is_not_finite_is_found(float wrong, string reason)
    {
        byte[] file = SafetensorsFiles.Make(
            """{"a":{"dtype":"F32","shape":[40000],"data_offsets":[0,160000]}}""", SafetensorsFiles.Floats([.. new float[39_999], wrong]));
        using SafetensorsReader reader = SafetensorsFiles.Open(file);
        Assert.EndsWith(reason, Assert.Throws<ModelFileException>(() => reader.RequireFinite(reader.Tensors[0])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[]""", "a header that does not begin with {")]
    [InlineData("""{"a":1}""", "something else under \"a\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", "a header that is not JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}""", "a header that is not JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "the key \"a\" twice")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "the key \"__metadata__\" twice")]
    [InlineData("""{"__metadata__":{"x":1}}""", "something else under __metadata__, \"x\"")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", "the key \"x\" twice")]
    [InlineData("""{"__metadata__":{"x":"\ud800"}}""", "a header that is not JSON")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "\"a\", \"dtype\" \"F8_E4M3\"")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,4]}}""", "found 4 bytes for \"a\", expected those of BF16 [4]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", "the key \"a\", \"more\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "without data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "something else in \"a\", \"shape\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "something else in \"a\", \"shape\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", "something else in \"a\", \"shape\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", "something else in \"a\", \"shape\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "1 data_offsets of \"a\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "data_offsets [4, 0] of \"a\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "expected offsets inside the 4 bytes after the header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "found 4 bytes for \"a\", expected those of F32 [2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,4]}}""", "found 4 bytes for \"a\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,2],"data_offsets":[0,4]}}""", "found 4 bytes for \"a\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "tensors \"a\" and \"b\" in the same bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""", "4 bytes of no tensor before \"a\"")]
    [InlineData("""{}""", "found 4 bytes after the header, expected 0, where the last tensor ends")]
    public void A_header_that_breaks_a_rule_is_told(string header, string reason) => AssertRefused(SafetensorsFiles.Make(header, new byte[4]), reason);

    [Fact]
    public void Empty_tensors_take_no_bytes()
    {
        using SafetensorsReader reader = SafetensorsFiles.Open(SafetensorsFiles.Make(
            """{"a":{"dtype":"F32","shape":[9223372036854775807,0,9223372036854775807],"data_offsets":[0,0]}}"""));
        Assert.Equal(0, reader.Tensors[0].Count);
    }

    [Fact]
    public void A_header_that_is_not_UTF_8_is_told() =>
        AssertRefused(SafetensorsFiles.Make([.. "{\"a"u8, 0xFF, .. "\":1}"u8]), "a header that is not UTF-8");

    [Fact]
    public void A_header_of_deep_nesting_is_refused() =>
        AssertRefused(SafetensorsFiles.Make("""{"__metadata__":""" + new string('[', 100_000)), "found");

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(99_999_999UL)]
    [InlineData(100_000_001UL)]
    public void A_length_that_the_file_does_not_have_is_refused_without_an_allocation(ulong length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. "{}"u8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(file, FormattableString.Invariant($"found a header of {length} bytes in a file of 10"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
            Assert.Throws<ModelFileException>(() => SafetensorsFiles.Open(Good[..length]));
        AssertRefused([.. Good, 0], "found 41 bytes after the header, expected 40, where the last tensor ends");
    }

    [Fact]
    public void Missing_files_folders_and_devices_are_told()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("no such file", Assert.Throws<ModelFileException>(() => SafetensorsReader.Open(folder["none"])).Message, StringComparison.Ordinal);
        Assert.Contains("found a folder", Assert.Throws<ModelFileException>(() => SafetensorsReader.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => new SafetensorsReader(new EndlessStream(), "pipe"));
        Assert.Throws<ModelFileException>(() => SafetensorsReader.Open("a\0b"));
    }

    [Fact]
    public void Messages_are_one_line_whatever_the_names()
    {
        string name = string.Concat(Enumerable.Repeat("\\n\\u001b[31m", 100));
        ModelFileException error = Assert.Throws<ModelFileException>(() => SafetensorsFiles.Open(SafetensorsFiles.Make($$"""{"{{name}}":1}""")));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.InRange(error.Message.Length, 1, 1000);
    }

    private static TElement[] Read<TElement>(SafetensorsReader reader, string name)
        where TElement : struct
    {
        TensorEntry entry = reader.Find(name)!;
        TElement[] values = new TElement[entry.Count];
        reader.Read<TElement>(entry, values);
        return values;
    }

    private static void AssertRefused(byte[] file, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => SafetensorsFiles.Open(file)).Message, StringComparison.Ordinal);
}
