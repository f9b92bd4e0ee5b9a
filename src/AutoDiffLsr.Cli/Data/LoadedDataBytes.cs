using System.Runtime.InteropServices;
using System.Text;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Data;

/// <summary>Training and test part of a data set of classes as bytes, exactly: what the trainings of a comparison need on another machine.</summary>
internal static class LoadedDataBytes
{
    public static byte[] Write(LoadedData data)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        Write(writer, data.Train);
        writer.Write(data.Test is not null);
        if (data.Test is not null)
            Write(writer, data.Test);
        writer.Write(data.Standardization is not null);
        if (data.Standardization is { } standardization)
        {
            writer.Write(MemoryMarshal.AsBytes(standardization.Mean));
            writer.Write(MemoryMarshal.AsBytes(standardization.Scale));
        }

        writer.Flush();
        return stream.ToArray();
    }

    public static LoadedData Read(byte[] content)
    {
        using BinaryReader reader = new(new MemoryStream(content), Encoding.UTF8);
        Dataset<float> train = ReadPart(reader);
        Dataset<float>? test = reader.ReadBoolean() ? ReadPart(reader) : null;
        Standardization<float>? standardization = reader.ReadBoolean() ? new(Numbers<float>(reader, train.Features), Numbers<float>(reader, train.Features)) : null;
        return new LoadedData(train, test, standardization);
    }

    private static void Write(BinaryWriter writer, Dataset<float> part)
    {
        writer.Write(part.Name);
        writer.Write(part.Count);
        writer.Write(part.Features);
        Write(writer, part.ClassNames);
        Write(writer, part.FeatureNames);
        writer.Write(part.ImageSize is not null);
        if (part.ImageSize is { } size)
        {
            writer.Write(size.Rows);
            writer.Write(size.Columns);
            writer.Write(size.Channels);
        }

        writer.Write(MemoryMarshal.AsBytes<int>(part.Labels));
        writer.Write(MemoryMarshal.AsBytes(part.Samples));
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> names)
    {
        writer.Write(names.Count);
        foreach (string name in names)
            writer.Write(name);
    }

    private static Dataset<float> ReadPart(BinaryReader reader)
    {
        string name = reader.ReadString();
        int count = reader.ReadInt32(), features = reader.ReadInt32();
        string[] classes = ReadNames(reader), columns = ReadNames(reader);
        ImageSize? size = reader.ReadBoolean() ? new ImageSize(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()) : null;
        int[] labels = Numbers<int>(reader, count);
        return new Dataset<float>(name, Numbers<float>(reader, checked(count * features)), features, labels, classes, columns, size);
    }

    private static T[] Numbers<T>(BinaryReader reader, int count)
        where T : struct
    {
        T[] numbers = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static string[] ReadNames(BinaryReader reader)
    {
        string[] names = new string[reader.ReadInt32()];
        for (int i = 0; i < names.Length; i++)
            names[i] = reader.ReadString();
        return names;
    }
}
