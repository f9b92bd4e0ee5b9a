using System.Text;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        SafetensorsWriter writer = new();
        writer.Metadata["k"] = "a\"b";
        writer.Add<float>("w", new[] { 1.5f, -2 }, 2, 1);
        writer.Add<long>("n", new[] { 3L });

        // Eight-byte numbers first, and a header filled up with spaces to a multiple of eight.
        byte[] expected = SafetensorsFiles.Make(
            """{"__metadata__":{"k":"a\"b"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}} """.PadRight(144),
            SafetensorsFiles.Longs(3),
            SafetensorsFiles.Floats(1.5f, -2));
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(Bytes(writer)));
    }

    [Fact]
    public void What_was_written_is_read()
    {
        SafetensorsWriter writer = new();
        writer.Metadata["text"] = "Ångström \u0001 \U0001F600 \" \\";
        writer.Add<double>("a", new[] { double.Epsilon, double.NaN, -0.0 }, 3);
        writer.Add<ulong>("state", new[] { ulong.MaxValue });
        writer.Add<float>("none", ReadOnlyMemory<float>.Empty, 0, 5);
        using SafetensorsReader reader = SafetensorsFiles.Open(Bytes(writer));
        Assert.Equal(writer.Metadata["text"], reader.Metadata["text"]);
        double[] values = new double[3];
        reader.Read<double>(reader.Find("a")!, values);
        Assert.Equal([double.Epsilon, double.NaN, -0.0], values);
        ulong[] state = new ulong[1];
        reader.Read<ulong>(reader.Find("state")!, state);
        Assert.Equal([ulong.MaxValue], state);
        Assert.Equal([0L, 5L], reader.Find("none")!.Shape);
    }

    [Fact]
    public void Names_and_shapes_that_cannot_be_are_refused()
    {
        SafetensorsWriter writer = new();
        writer.Add<float>("a", new float[2], 2);
        Assert.Throws<ArgumentException>(() => writer.Add<float>("a", new float[2], 2));
        Assert.Throws<ArgumentException>(() => writer.Add<float>("__metadata__", new float[2], 2));
        Assert.Throws<ArgumentException>(() => writer.Add<float>("b", new float[2], 3));
        Assert.Throws<NotSupportedException>(() => writer.Add<int>("c", new int[2], 2));
    }

    [Fact]
    public void A_file_is_replaced_only_by_a_whole_one()
    {
        using TemporaryFolder folder = new();
        string path = folder["weights.safetensors"];
        SafetensorsWriter good = new(), failing = new();
        good.Add<float>("a", new float[2], 2);
        good.Save(path);
        byte[] before = File.ReadAllBytes(path);
        failing.Add<float>("a", new FailingMemory().Memory, 2);
        ModelFileException error = Assert.Throws<ModelFileException>(() => failing.Save(path));
        Assert.EndsWith("cannot be written: the numbers are gone; the file that was there is untouched", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void No_link_is_followed_under_the_name_or_under_one_that_could_be_foreseen()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["precious"], "precious");
        File.CreateSymbolicLink(folder["w"], folder["precious"]);
        File.CreateSymbolicLink(folder["w.tmp"], folder["precious"]);
        SafetensorsWriter writer = new();
        writer.Add<float>("a", new float[2], 2);
        writer.Save(folder["w"]);
        Assert.Equal("precious", File.ReadAllText(folder["precious"]));
        Assert.Equal(Bytes(writer), File.ReadAllBytes(folder["w"]));
        Assert.Null(new FileInfo(folder["w"]).LinkTarget);
    }

    [Fact]
    public void The_temporary_file_is_beside_and_known_as_one()
    {
        using TemporaryFolder folder = new();
        OutputFile.Write(folder["w"], _ => Assert.True(OutputFile.IsTemporary(Path.GetFileName(Assert.Single(Directory.GetFiles(folder.Path))))));
        Assert.Equal([folder["w"]], Directory.GetFiles(folder.Path));
        Assert.False(OutputFile.IsTemporary("w"));
    }

    [Fact]
    public void Places_that_cannot_be_written_are_told()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter writer = new();
        AssertRefused(folder["none/w"], "cannot be written: there is no folder " + folder["none"]);
        AssertRefused(folder.Path, "cannot be written: it is a folder");
        File.WriteAllText(folder["file"], "");
        AssertRefused(folder["file/w"], "cannot be written: ");
        AssertRefused("a\0b", "cannot be written: ");

        void AssertRefused(string path, string reason) =>
            Assert.Contains(reason, Assert.Throws<ModelFileException>(() => writer.Save(path)).Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(SafetensorsWriter writer)
    {
        using MemoryStream stream = new();
        writer.Write(stream);
        return stream.ToArray();
    }

    /// <summary>Memory that fails when it is read, as a disk does: in the middle of writing.</summary>
    private sealed class FailingMemory : System.Buffers.MemoryManager<float>
    {
        public override Memory<float> Memory => CreateMemory(2);

        public override Span<float> GetSpan() => throw new IOException("the numbers are gone");

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
