namespace AutoDiffLsr.Training;

/// <summary>The size of a grey image whose pixels are a sample's features, row after row.</summary>
/// <param name="Rows">The height in pixels.</param>
/// <param name="Columns">The width in pixels.</param>
public readonly record struct ImageSize(int Rows, int Columns)
{
    /// <summary>The number of pixels, in 64 bits because a file may state any two sizes.</summary>
    public long Pixels => (long)Rows * Columns;
}
