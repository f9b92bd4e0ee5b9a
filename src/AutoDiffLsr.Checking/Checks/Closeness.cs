namespace AutoDiffLsr.Checking.Checks;

/// <summary>Compares gradients that are equal but for rounding: computed twice in double, in two ways.</summary>
internal static class Closeness
{
    /// <summary>Relative to the largest entry of the slot; two orderings of the same few hundred operations stay far below it.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Relative to all of the gradient: what is left of terms that cancel, as before a batch normalization.</summary>
    private const double CancellationTolerance = 1e-11;

    public static CheckResult Compare(CheckKind kind, IReadOnlyList<Slot> slots, double[][] actual, double[][] expected, string what)
    {
        double worst = 0, cancelled = CancellationTolerance * (1 + expected.Max(Point.Largest));
        for (int s = 0; s < expected.Length; s++)
        {
            double tolerance = cancelled + (Tolerance * Math.Max(Point.Largest(expected[s]), Point.Largest(actual[s])));
            for (int i = 0; i < expected[s].Length; i++)
            {
                if (actual[s][i] == expected[s][i])
                    continue;
                double ratio = Math.Abs(actual[s][i] - expected[s][i]) / tolerance;
                if (!(ratio <= 1))
                    return CheckResult.Fail(kind, ratio, $"{what}: for {slots[s].Name}, entry {slots[s].Entry(i)}, it is {actual[s][i]:G17}, and should be {expected[s][i]:G17}.");
                worst = Math.Max(worst, ratio);
            }
        }

        return CheckResult.Pass(kind, worst);
    }
}
