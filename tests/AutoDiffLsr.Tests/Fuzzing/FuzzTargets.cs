using System.Text;
using AutoDiffLsr.Data;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Data;
using AutoDiffLsr.Tests.Formats;
using AutoDiffLsr.Tests.Onnx;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Tests.Training;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Tests.Fuzzing;

/// <summary>All readers of files, each with valid files to spoil.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, string> Description = new() { ["seed"] = "1" };

    public static IReadOnlyList<FuzzTarget> All { get; } = [Idx(), Tables(), Safetensors(), ModelFile(), CheckpointFile(), OnnxFile()];

    /// <summary>Deflate makes up to 1,032 bytes of one, and an IDX file of zeros may truly be that long.</summary>
    private static FuzzTarget Idx()
    {
        byte[] images = IdxFiles.Make([.. Enumerable.Range(0, 300).Select(i => (byte)(i * i))], 3, 10, 10);
        byte[] zeros = IdxFiles.Make(new byte[10_000], 100, 10, 10);
        return new(
            "idx",
            random => random.NextInt(3) switch
            {
                0 => Mutations.Bytes(images, random),
                1 => Mutations.Bytes(IdxFiles.Gzip(images), random),
                _ => IdxFiles.Gzip(Mutations.Bytes(zeros, random)),
            },
            file => Taken(() => IdxReader.Read(new MemoryStream(file), "file", rank: 3).Values.Length > 0),
            BytesPerByte: 1100);
    }

    private static FuzzTarget Tables()
    {
        string table = "id,n;o,colour,\"c \"\"d\"\"\",kind\r\n" + string.Concat(Enumerable.Range(0, 24).Select(i => FormattableString.Invariant($"{i},{i / 3.0},{(i % 5 == 0 ? "NA" : i % 2 == 0 ? "red" : "blue")},-{i}e-{i},\"{(char)('x' + (i % 3))}\"\r\n")));
        byte[] bytes = Encoding.UTF8.GetBytes(table), wide = Encoding.Unicode.GetBytes(table);
        return new(
            "table",
            random => random.NextInt(4) switch
            {
                0 => Mutations.Bytes(bytes, random),
                1 => Mutations.Bytes(wide, random),
                2 => Mutations.Bytes(IdxFiles.Gzip(bytes), random),
                _ => Encoding.UTF8.GetBytes(Mutations.Text(table, random)),
            },
            file => Taken(() =>
            {
                Table read = Table.Read(new MemoryStream(file), "file");
                TableSchema schema = TableSchema.Of(read);
                int[] rows = [.. Enumerable.Range(0, read.Rows)];
                var encoder = TableEncoder.FromJson(TableEncoder.Fit(read, schema, rows).ToJson());
                return encoder.Encode<float>(read, rows).Length == rows.Length * encoder.Features;
            }),
            BytesPerByte: 8192);
    }

    private static FuzzTarget Safetensors()
    {
        byte[] valid = Saved(path => Weights.Save(new Sequential<float>(new Dense<float>(3, 2, new RandomSource(1)), new BatchNorm<float>(2)), path));
        return new("safetensors", random => Mutations.Safetensors(valid, random), ReadAllTensors, BytesPerByte: 256);
    }

    private static FuzzTarget ModelFile()
    {
        byte[] single = Saved(path => Every<float>().Save(path)), large = Saved(path => Every<double>().Save(path));
        return new("model", random => Mutations.Safetensors(random.NextInt(2) == 0 ? single : large, random), ReadModel, BytesPerByte: 256);
    }

    private static FuzzTarget CheckpointFile()
    {
        Sequential<float> net = new(new Dense<float>(2, 3, new RandomSource(1)), new Dropout<float>(0.5, 1), new Dense<float>(3, 3, new RandomSource(2)));
        Trainer<float> trainer = new(net, new CrossEntropy(), new Adam<float>(net.Parameters)) { Epochs = 2, RestoreBest = true };
        trainer.Fit(new Batches<float>(Clouds.Make<float>(20, seed: 1), 7, new RandomSource(1)));
        byte[] valid = Saved(path => Checkpoint.Save(path, trainer.Capture(), Description));
        return new("checkpoint", random => Mutations.Safetensors(valid, random), file => Resume(file, trainer), BytesPerByte: 256);
    }

    private static FuzzTarget OnnxFile()
    {
        byte[] single = OnnxExportTests.Export(Every<float>(), softmax: true), large = OnnxExportTests.Export(Every<double>(), softmax: false);
        return new(
            "onnx",
            random => OnnxMutations.Model(random.NextInt(2) == 0 ? single : large, random),
            file => Taken(() => Predicts(OnnxImport.Load(new MemoryStream(file), "file"))),
            BytesPerByte: 256);
    }

    private static Model<T> Every<T>()
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] ones = [T.One, T.One, T.One, T.One];
        return new(Nets.Every<T>(seed: 1), new(ones, ones), new() { ClassNames = ["a", "b", "c"], ImageSize = new(2, 2), Settings = new Dictionary<string, string> { ["seed"] = "1" } });
    }

    private static byte[] Saved(Action<string> save)
    {
        using TemporaryFolder folder = new();
        save(folder["file"]);
        return File.ReadAllBytes(folder["file"]);
    }

    private static bool ReadAllTensors(byte[] file) => Taken(() =>
    {
        using SafetensorsReader reader = new(new MemoryStream(file), "file");
        foreach (TensorEntry entry in reader.Tensors)
        {
            reader.RequireFinite(entry);
            if (entry.Type is TensorType.F32 or TensorType.F64)
                reader.Read<double>(entry, new double[entry.Count]);
        }

        return true;
    });

    private static bool ReadModel(byte[] file) => Taken(() =>
    {
        using SafetensorsReader reader = new(new MemoryStream(file), "file");
        return Predicts(reader.Tensors.Any(entry => entry.Type == TensorType.F64) ? Model.Load<double>(reader, requireFinite: true) : Model.Load<float>(reader, requireFinite: true));
    });

    /// <summary>A model that was taken must work.</summary>
    private static bool Predicts(Model model) => model switch
    {
        Model<float> single => single.Predict(new float[single.Features]) >= 0,
        Model<double> other => other.Predict(new double[other.Features]) >= 0,
        _ => false,
    };

    private static bool Resume(byte[] file, Trainer<float> trainer) => Taken(() =>
    {
        using SafetensorsReader reader = new(new MemoryStream(file), "file");
        Checkpoint.Resume(reader, trainer, Description);
        return true;
    });

    /// <summary>Lets the documented exceptions pass, which must be one line each.</summary>
    private static bool Taken(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is DataException or ModelFileException)
        {
            return error.Message.Any(char.IsControl) || error.Message.Length > 4000 ? throw new InvalidOperationException("The message is not one short line.", error) : false;
        }
    }
}
