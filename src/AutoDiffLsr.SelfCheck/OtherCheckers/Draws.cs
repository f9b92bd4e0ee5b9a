using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>Directions, and the comparisons that other checkers make.</summary>
internal static class Draws
{
    public static double[] Normal(RandomSource random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextNormal())];

    public static double[][] Normal(RandomSource random, double[][] like) => [.. like.Select(slot => Normal(random, slot.Length))];

    /// <summary>1 at one entry of one slot, else 0.</summary>
    public static double[][] Unit(double[][] like, int slot, int index)
    {
        double[][] unit = [.. like.Select(entries => new double[entries.Length])];
        unit[slot][index] = 1;
        return unit;
    }

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    public static double Dot(double[][] a, double[][] b) => a.Zip(b, Dot).Sum();

    public static bool AreSame(double[][] a, double[][] b) => a.Zip(b).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <summary>Whether |a - b| ≤ atol + rtol·|b|; false for NaN.</summary>
    public static bool AllClose(double a, double b, double atol, double rtol) => Math.Abs(a - b) <= atol + (rtol * Math.Abs(b));
}
