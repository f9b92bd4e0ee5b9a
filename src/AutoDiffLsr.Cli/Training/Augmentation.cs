using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>How --augment changes images: as people do it for CIFAR, and without mirroring what may be a sign, such as a digit.</summary>
internal static class Augmentation
{
    private const int ShareOfSide = 8;

    /// <exception cref="UsageException">The data has no images.</exception>
    public static ImageAugmentation For(LoadedData data)
    {
        if (data.Train.ImageSize is not { } size)
            throw new UsageException($"--augment is for images, but {data.Train.Name} has none");
        return new ImageAugmentation(Math.Max(1, Math.Min(size.Rows, size.Columns) / ShareOfSide), flip: size.Channels > 1, BlackOf(data, size));
    }

    /// <summary>What black is for the net, for each channel.</summary>
    private static double[] BlackOf(LoadedData data, ImageSize size) => data.Standardization is not { } standardization
        ? [0]
        : [.. Enumerable.Range(0, size.Channels).Select(channel => channel * (int)size.Pixels).Select(first => -(double)standardization.Mean[first] / standardization.Scale[first])];
}
