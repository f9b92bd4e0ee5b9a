using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>
/// The hand that writes one digit: where it puts, slants, turns, stretches and bends it. Every number is drawn anew for each digit. The
/// spreads are set so that a linear model, which has one template for each class, falls clearly behind a net with a hidden layer.
/// </summary>
internal readonly struct DigitHand
{
    private const double Height = 18.5;
    private const double Width = 13;
    private const double Jitter = 0.045;

    private readonly double scaleX;
    private readonly double scaleY;
    private readonly double slant;
    private readonly double cosine;
    private readonly double sine;
    private readonly double shiftX;
    private readonly double shiftY;
    private readonly double bend;
    private readonly double bendPhase;

    public DigitHand(RandomSource random, ImageSize size)
    {
        double scale = Between(random, 0.78, 1.12);
        scaleX = Width * scale * Between(random, 0.8, 1.2);
        scaleY = Height * scale * Between(random, 0.9, 1.1);
        slant = 0.22 * random.NextNormal();
        (sine, cosine) = Math.SinCos(0.16 * random.NextNormal());
        shiftX = ((size.Columns - 1) / 2.0) + Between(random, -2, 2);
        shiftY = ((size.Rows - 1) / 2.0) + Between(random, -2, 2);
        bend = 0.06 * random.NextNormal();
        bendPhase = Between(random, 0, Math.Tau);
        Radius = Between(random, 0.6, 1.7);
        Darkness = Between(random, 0.7, 1);
    }

    /// <summary>Half the width of the pen, in pixels.</summary>
    public double Radius { get; }

    /// <summary>The grey of full ink, in [0, 1].</summary>
    public double Darkness { get; }

    /// <summary>Where the hand puts a point of the skeleton, in pixels, each time a little elsewhere.</summary>
    public (double X, double Y) Place((int X, int Y) point, RandomSource random)
    {
        double x = (point.X / 100.0) - 0.5 + (Jitter * random.NextNormal());
        double y = (point.Y / 100.0) - 0.5 + (Jitter * random.NextNormal());
        x += (bend * Math.Sin((Math.Tau * y) + bendPhase)) - (slant * y);
        (x, y) = (x * scaleX, y * scaleY);
        return (shiftX + (cosine * x) - (sine * y), shiftY + (sine * x) + (cosine * y));
    }

    private static double Between(RandomSource random, double low, double high) => low + ((high - low) * random.NextDouble());
}
