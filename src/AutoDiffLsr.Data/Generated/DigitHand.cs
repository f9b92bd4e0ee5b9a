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

    private readonly double _scaleX;
    private readonly double _scaleY;
    private readonly double _slant;
    private readonly double _cosine;
    private readonly double _sine;
    private readonly double _shiftX;
    private readonly double _shiftY;
    private readonly double _bend;
    private readonly double _bendPhase;

    public DigitHand(RandomSource random, ImageSize size)
    {
        double scale = Between(random, 0.78, 1.12);
        _scaleX = Width * scale * Between(random, 0.8, 1.2);
        _scaleY = Height * scale * Between(random, 0.9, 1.1);
        _slant = 0.22 * random.NextNormal();
        (_sine, _cosine) = Math.SinCos(0.16 * random.NextNormal());
        _shiftX = ((size.Columns - 1) / 2.0) + Between(random, -2, 2);
        _shiftY = ((size.Rows - 1) / 2.0) + Between(random, -2, 2);
        _bend = 0.06 * random.NextNormal();
        _bendPhase = Between(random, 0, Math.Tau);
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
        x += (_bend * Math.Sin((Math.Tau * y) + _bendPhase)) - (_slant * y);
        (x, y) = (x * _scaleX, y * _scaleY);
        return (_shiftX + (_cosine * x) - (_sine * y), _shiftY + (_sine * x) + (_cosine * y));
    }

    private static double Between(RandomSource random, double low, double high) => low + ((high - low) * random.NextDouble());
}
