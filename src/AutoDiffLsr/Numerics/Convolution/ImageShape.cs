namespace AutoDiffLsr.Numerics;

/// <summary>
/// The size of an image that is a row of a batch, N x (C·H·W): channel by channel, each row by row, as PyTorch flattens it. A column of the batch
/// is one pixel of one channel for all samples.
/// </summary>
/// <param name="Channels">C.</param>
/// <param name="Height">H, in pixels.</param>
/// <param name="Width">W, in pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    private const int LongestSide = 1 << 16;

    /// <summary>H·W: the pixels of a channel.</summary>
    public int Pixels => Height * Width;

    /// <summary>C·H·W: the columns that it takes.</summary>
    public int Columns => Channels * Height * Width;

    /// <summary>"3x32x32".</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";

    /// <summary>The same shape, if it is one.</summary>
    /// <exception cref="ArgumentException">A side is below 1 or too long, or the columns are more than an array has.</exception>
    internal ImageShape Checked(string argument) =>
        Channels >= 1 && Height is >= 1 and <= LongestSide && Width is >= 1 and <= LongestSide && Channels <= int.MaxValue / Height / Width ? this : throw new ArgumentException(
            $"An image of {this} is none: channels, height and width must be at least 1, height and width at most {LongestSide}, and their product an int.", argument);
}
