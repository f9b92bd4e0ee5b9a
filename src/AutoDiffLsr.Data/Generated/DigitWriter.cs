using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>Writes grey images of single digits, each different.</summary>
internal sealed class DigitWriter
{
    private const int PiecesPerSpan = 5;
    private const double LargestReach = 3;
    private const double Noise = 0.08;

    private readonly RandomSource random;
    private readonly ImageSize size;
    private readonly StrokeCanvas canvas;
    private readonly (double X, double Y)[] points = new (double X, double Y)[16];

    public DigitWriter(RandomSource random, ImageSize size)
    {
        this.random = random;
        this.size = size;
        canvas = new(size, LargestReach);
    }

    /// <summary>Writes a digit into the pixels, as levels of 0 (paper) to 255 (ink).</summary>
    public void Write(int digit, Span<byte> pixels)
    {
        DigitHand hand = new(random, size);
        canvas.Clear();
        foreach ((int X, int Y)[] stroke in DigitSkeletons.Strokes(digit, random.NextInt(DigitSkeletons.CountWays(digit))))
            Draw(stroke, hand);
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            double ink = (hand.Darkness * canvas.Ink(pixel, hand.Radius)) + (Noise * Grain(random.NextBits()));
            pixels[pixel] = (byte)Math.Round(255 * Math.Clamp(ink, 0, 1));
        }
    }

    private void Draw((int X, int Y)[] stroke, in DigitHand hand)
    {
        Span<(double X, double Y)> points = this.points.AsSpan(0, stroke.Length);
        for (int i = 0; i < points.Length; i++)
            points[i] = hand.Place(stroke[i], random);
        for (int i = 0; i + 1 < points.Length; i++)
        {
            (double X, double Y) from = points[i];
            for (int piece = 1; piece <= PiecesPerSpan; piece++)
            {
                (double X, double Y) to = Curve(points, i, piece / (double)PiecesPerSpan);
                canvas.Line(from, to);
                from = to;
            }
        }
    }

    // The sum of four uniform numbers, moved and scaled to mean 0 and variance 1: near enough to normal for the grain of paper, and there are
    // nine million pixels to give some.
    private static double Grain(ulong bits)
    {
        ulong sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum * (1.0 / 65_536)) - 2) * 1.7320508075688772;
    }

    /// <summary>The Catmull-Rom spline through the points, between point i and the next.</summary>
    private static (double X, double Y) Curve(ReadOnlySpan<(double X, double Y)> points, int i, double t)
    {
        (double X, double Y) p1 = points[i], p2 = points[i + 1];
        (double X, double Y) p0 = points[Math.Max(0, i - 1)], p3 = points[Math.Min(points.Length - 1, i + 2)];
        return (Cubic(p0.X, p1.X, p2.X, p3.X, t), Cubic(p0.Y, p1.Y, p2.Y, p3.Y, t));
    }

    private static double Cubic(double a, double b, double c, double d, double t) =>
        b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
}
