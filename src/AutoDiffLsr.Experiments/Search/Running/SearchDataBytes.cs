using System.Runtime.InteropServices;
using System.Text;
using AutoDiffLsr.Experiments.Search.Evaluation;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>The three parts of a data set as bytes, exactly.</summary>
internal static class SearchDataBytes
{
    public static byte[] Write(SearchData data)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        writer.Write(data.Name);
        foreach (Samples<float> part in new[] { data.Train, data.Validation, data.Test })
            Write(writer, part);
        writer.Flush();
        return stream.ToArray();
    }

    public static SearchData Read(byte[] content)
    {
        using BinaryReader reader = new(new MemoryStream(content), Encoding.UTF8);
        string name = reader.ReadString();
        return SearchData.Of(name, ReadPart(reader), ReadPart(reader), ReadPart(reader));
    }

    private static void Write(BinaryWriter writer, Samples<float> part)
    {
        writer.Write(part.Count);
        writer.Write(part.Features.ColumnCount);
        writer.Write(part.Outputs);
        writer.Write(part.Labels is not null);
        writer.Write(MemoryMarshal.AsBytes<float>(part.Features.AsColumnMajorArray()));
        writer.Write(part.Labels is { } labels ? MemoryMarshal.AsBytes<int>(labels) : MemoryMarshal.AsBytes<float>(part.Targets!.AsColumnMajorArray()));
    }

    private static Samples<float> ReadPart(BinaryReader reader)
    {
        int rows = reader.ReadInt32(), columns = reader.ReadInt32(), outputs = reader.ReadInt32();
        bool isClassification = reader.ReadBoolean();
        Matrix<float> features = Matrix<float>.Build.Dense(rows, columns, Numbers<float>(reader, rows * columns));
        return isClassification
            ? Samples<float>.OfClasses(features, Numbers<int>(reader, rows), outputs)
            : Samples<float>.OfNumbers(features, Matrix<float>.Build.Dense(rows, outputs, Numbers<float>(reader, rows * outputs)));
    }

    private static T[] Numbers<T>(BinaryReader reader, int count)
        where T : struct
    {
        T[] numbers = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
