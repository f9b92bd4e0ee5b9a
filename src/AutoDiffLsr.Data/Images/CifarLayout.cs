using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>What the files of CIFAR are called and how a record is laid out: label bytes, then 1024 bytes each of red, green and blue, row by row.</summary>
internal sealed record CifarLayout(CifarKind Kind, string Name, string Folder, string Archive, string[] Train, string Test, string ClassFile, int LabelBytes, int Classes)
{
    public static readonly ImageSize ImageSize = new(32, 32, 3);

    public static IReadOnlyList<CifarLayout> All { get; } =
    [
        new(
            CifarKind.Cifar10,
            "cifar10",
            "cifar-10-batches-bin",
            "cifar-10-binary.tar.gz",
            [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")],
            "test_batch.bin",
            "batches.meta.txt",
            LabelBytes: 1,
            Classes: 10),
        new(CifarKind.Cifar100, "cifar100", "cifar-100-binary", "cifar-100-binary.tar.gz", ["train.bin"], "test.bin", "fine_label_names.txt", LabelBytes: 2, Classes: 100),
    ];

    public static int Pixels => (int)ImageSize.Features;

    public int RecordLength => LabelBytes + Pixels;

    public IEnumerable<string> Files => [.. Train, Test];

    public static CifarLayout Of(CifarKind kind) => All.First(layout => layout.Kind == kind);
}
