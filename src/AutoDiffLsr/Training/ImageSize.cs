using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>The size of an image whose pixels are a sample's features: channel after channel, each row after row.</summary>
/// <param name="Rows">The height in pixels.</param>
/// <param name="Columns">The width in pixels.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
public readonly record struct ImageSize(int Rows, int Columns, int Channels = 1)
{
    /// <summary>The number of pixels, in 64 bits because a file may state any two sizes.</summary>
    public long Pixels => (long)Rows * Columns;

    /// <summary>The number of features: pixels times channels.</summary>
    public decimal Features => (decimal)Pixels * Channels;

    /// <summary>The same size as layers know it, C x H x W.</summary>
    /// <returns>The shape.</returns>
    public ImageShape ToShape() => new(Channels, Rows, Columns);

    /// <summary>"28 x 28", "32 x 32 x 3".</summary>
    public override string ToString() => Channels == 1 ? $"{Rows} x {Columns}" : $"{Rows} x {Columns} x {Channels}";
}
