using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>
/// Changes the images of a batch at random, so that a net learns what stays the same: each is moved by up to some pixels in both directions (a random crop of the image
/// with a border) and mirrored or not. Evaluation never sees it.
/// </summary>
public sealed class ImageAugmentation
{
    private readonly double[] border;

    /// <summary>An augmentation.</summary>
    /// <param name="padding">By how many pixels an image is moved at most, to each side; 4 is usual for 32 x 32.</param>
    /// <param name="flip">Whether one half of the images is mirrored, left to right.</param>
    /// <param name="border">What fills the gap that the moved image leaves: a number for each channel, or one for all; 0 by default.</param>
    /// <exception cref="ArgumentException"><paramref name="padding"/> is negative, or a number of the border is not finite.</exception>
    public ImageAugmentation(int padding, bool flip, params ReadOnlySpan<double> border)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        foreach (double value in border)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"border has {value}, but must be finite.", nameof(border));
        }

        (Padding, Flip, this.border) = (padding, flip, border.ToArray());
    }

    /// <summary>By how many pixels an image is moved at most.</summary>
    public int Padding { get; }

    /// <summary>Whether one half of the images is mirrored.</summary>
    public bool Flip { get; }

    /// <summary>Refuses images that it does not fit.</summary>
    internal void Check(ImageSize? image)
    {
        if (image is not { } size)
            throw new ArgumentException("augmentation is for images, but the data set has none.", nameof(image));
        if (border.Length > 1 && border.Length != size.Channels)
            throw new ArgumentException($"The border has {border.Length} numbers, but the images have {size.Channels} channels.", nameof(image));
    }

    /// <summary>Writes a changed image.</summary>
    /// <param name="source">The image.</param>
    /// <param name="target">Its changed copy.</param>
    /// <param name="size">The size of both.</param>
    /// <param name="state">Which change: a function of this number alone.</param>
    internal void Apply<T>(ReadOnlySpan<T> source, Span<T> target, ImageSize size, ulong state)
        where T : struct, IFloatingPointIeee754<T>
    {
        uint places = (2 * (uint)Padding) + 1;
        int down = (int)(RandomSource.NextBits(ref state) % places) - Padding, right = (int)(RandomSource.NextBits(ref state) % places) - Padding;
        bool mirrored = Flip && (RandomSource.NextBits(ref state) & 1) == 1;
        for (int channel = 0; channel < size.Channels; channel++)
        {
            T gap = border.Length == 0 ? T.Zero : T.CreateTruncating(border[border.Length == 1 ? 0 : channel]);
            for (int row = 0; row < size.Rows; row++)
            {
                Span<T> line = target.Slice(((channel * size.Rows) + row) * size.Columns, size.Columns);
                int from = row - down;
                if (from < 0 || from >= size.Rows)
                    line.Fill(gap);
                else
                    Move(source.Slice(((channel * size.Rows) + from) * size.Columns, size.Columns), line, right, gap);
                if (mirrored)
                    line.Reverse();
            }
        }
    }

    private static void Move<T>(ReadOnlySpan<T> source, Span<T> line, int right, T gap)
    {
        int shift = Math.Clamp(right, -line.Length, line.Length);
        if (shift >= 0)
        {
            line[..shift].Fill(gap);
            source[..^shift].CopyTo(line[shift..]);
        }
        else
        {
            source[-shift..].CopyTo(line);
            line[^-shift..].Fill(gap);
        }
    }
}
