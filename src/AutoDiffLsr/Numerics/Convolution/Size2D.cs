namespace AutoDiffLsr.Numerics;

/// <summary>A number of rows and one of columns; a single number, as in <c>kernel: 3</c>, stands for both, and a pair, as in <c>(3, 5)</c>, for height and width.</summary>
/// <param name="Height">Along the rows of an image.</param>
/// <param name="Width">Along its columns.</param>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>The same in both directions.</summary>
    /// <param name="side">Height and width.</param>
    public static implicit operator Size2D(int side) => new(side, side);

    /// <summary>Height and width.</summary>
    /// <param name="pair">The height, then the width.</param>
    public static implicit operator Size2D((int Height, int Width) pair) => new(pair.Height, pair.Width);

    /// <summary>"3x5".</summary>
    public override string ToString() => $"{Height}x{Width}";
}
