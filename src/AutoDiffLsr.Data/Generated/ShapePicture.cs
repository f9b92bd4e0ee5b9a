using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Data;

/// <summary>Draws one picture of a shape: what is random about it is drawn first, then each pixel is the mean of four points.</summary>
internal sealed class ShapePicture
{
    private const int Points = 2;
    private const double Noise = 0.06;

    private readonly RandomSource random;
    private readonly int side;
    private readonly (double X, double Y, double Radius)[] dots;
    private readonly double centerX, centerY, radius, cosine, sine, slopeX, slopeY;
    private readonly double[] ink, paper;

    public ShapePicture(RandomSource random, int side)
    {
        (this.random, this.side) = (random, side);
        radius = side * Between(0.17, 0.3);
        (centerX, centerY) = (Between(radius, side - radius), Between(radius, side - radius));
        double turn = Between(0, 2 * Math.PI);
        (cosine, sine) = (Math.Cos(turn), Math.Sin(turn));
        (slopeX, slopeY) = (Between(-0.3, 0.3) / side, Between(-0.3, 0.3) / side);
        (ink, paper) = Colours();
        dots = [.. Enumerable.Range(0, 6).Select(_ => (Between(0, side), Between(0, side), side * Between(0.02, 0.05)))];
    }

    /// <summary>Red, green and blue, each row by row.</summary>
    public void Draw(int shape, Span<byte> picture)
    {
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double share = Share(shape, x, y), light = ((x - (side / 2.0)) * slopeX) + ((y - (side / 2.0)) * slopeY);
                for (int channel = 0; channel < 3; channel++)
                {
                    double level = (share * ink[channel]) + ((1 - share) * paper[channel]) + light + (Noise * random.NextNormal());
                    picture[(((channel * side) + y) * side) + x] = (byte)Math.Round(255 * Math.Clamp(level, 0, 1));
                }
            }
        }
    }

    /// <summary>The share of the pixel's points that are ink.</summary>
    private double Share(int shape, int x, int y)
    {
        int hits = 0;
        for (int i = 0; i < Points * Points; i++)
        {
            double pointX = x + ((0.5 + (i % Points)) / Points), pointY = y + ((0.5 + (i / Points)) / Points);
            double u = (pointX - centerX) / radius, v = (pointY - centerY) / radius;
            if (IsInside(shape, (u * cosine) + (v * sine), (v * cosine) - (u * sine)) || IsDot(pointX, pointY))
                hits++;
        }

        return (double)hits / (Points * Points);
    }

    private bool IsDot(double x, double y) => Array.Exists(dots, dot => Square(x - dot.X) + Square(y - dot.Y) < Square(dot.Radius));

    /// <summary>Whether a point is of the shape, all of which lie within a circle of radius 1.</summary>
    private static bool IsInside(int shape, double u, double v)
    {
        double distance = Math.Sqrt(Square(u) + Square(v)), largest = Math.Max(Math.Abs(u), Math.Abs(v));
        bool isNear = distance < 1;
        return shape switch
        {
            0 => isNear,
            1 => isNear && distance > 0.6,
            2 => largest < 0.75,
            3 => largest is < 0.8 and > 0.48,
            4 => v > -0.55 && v < 1 - (1.75 * Math.Abs(u)),
            5 => isNear && Math.Min(Math.Abs(u), Math.Abs(v)) < 0.27,
            6 => distance < 0.55 + (0.45 * Math.Cos(5 * Math.Atan2(v, u))),
            7 => isNear && Square(u - 0.5) + Square(v) > Square(0.75),
            8 => largest < 0.8 && (int)Math.Floor((u + 0.8) / 0.32) % 2 == 0,
            _ => largest < 0.8 && ((int)Math.Floor((u + 0.8) / 0.4) + (int)Math.Floor((v + 0.8) / 0.4)) % 2 == 0,
        };
    }

    /// <summary>Two colours that are not alike.</summary>
    private (double[] Ink, double[] Paper) Colours()
    {
        while (true)
        {
            double[] first = Colour(), second = Colour();
            if (first.Zip(second, (a, b) => Square(a - b)).Sum() > 0.2)
                return (first, second);
        }
    }

    private double[] Colour() => [random.NextDouble(), random.NextDouble(), random.NextDouble()];

    private double Between(double low, double high) => low + ((high - low) * random.NextDouble());

    private static double Square(double value) => value * value;
}
