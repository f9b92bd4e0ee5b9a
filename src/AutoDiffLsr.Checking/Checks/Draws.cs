using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Random directions and cotangents: short numbers of magnitude 1/2 to 3/2, so that no entry is nearly left out and a failure is readable.</summary>
internal static class Draws
{
    private const int Grid = 64;

    public static double[] Vector(RandomSource random, int length)
    {
        double[] vector = new double[length];
        for (int i = 0; i < length; i++)
        {
            double magnitude = 0.5 + (random.NextInt(Grid + 1) / (double)Grid);
            vector[i] = random.NextInt(2) == 0 ? magnitude : -magnitude;
        }

        return vector;
    }

    /// <summary>A direction that moves large entries in proportion to their size.</summary>
    public static double[][] Direction(RandomSource random, double[][] point)
    {
        double[][] direction = [.. point.Select(slot => Vector(random, slot.Length))];
        for (int s = 0; s < point.Length; s++)
        {
            for (int i = 0; i < point[s].Length; i++)
                direction[s][i] *= Scale(point[s][i]);
        }

        return direction;
    }

    /// <summary>The direction along one entry.</summary>
    public static double[][] Coordinate(double[][] point, int slot, int index)
    {
        double[][] direction = Point.Zeros(point);
        direction[slot][index] = Scale(point[slot][index]);
        return direction;
    }

    private static double Scale(double value) => Math.Max(1, Math.Abs(value));
}
