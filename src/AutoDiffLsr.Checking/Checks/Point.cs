namespace AutoDiffLsr.Checking.Checks;

/// <summary>Arithmetic on points and directions: one array of numbers for each slot.</summary>
internal static class Point
{
    /// <summary>to = from + t·direction</summary>
    public static void Move(double[][] from, double[][] direction, double t, double[][] to)
    {
        for (int s = 0; s < from.Length; s++)
        {
            for (int i = 0; i < from[s].Length; i++)
                to[s][i] = from[s][i] + (t * direction[s][i]);
        }
    }

    public static double[][] Clone(double[][] point) => [.. point.Select(slot => (double[])slot.Clone())];

    public static double[][] Zeros(double[][] like) => [.. like.Select(slot => new double[slot.Length])];

    public static double Dot(double[][] a, double[][] b)
    {
        double sum = 0;
        for (int s = 0; s < a.Length; s++)
            sum += Dot(a[s], b[s]);
        return sum;
    }

    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The sum of the magnitudes of a product's terms: what its rounding error is relative to.</summary>
    public static double Terms(double[][] a, double[][] b)
    {
        double sum = 0;
        for (int s = 0; s < a.Length; s++)
            sum += Terms(a[s], b[s]);
        return sum;
    }

    public static double Terms(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] * b[i]);
        return sum;
    }

    public static double Largest(double[] values)
    {
        double largest = 0;
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    /// <summary>Whether two points have the same bits; a zero equals a negative zero.</summary>
    public static bool AreSame(double[][] a, double[][] b)
    {
        for (int s = 0; s < a.Length; s++)
        {
            if (!AreSame(a[s], b[s]))
                return false;
        }

        return true;
    }

    public static bool AreSame(double[] a, double[] b) =>
        a.Length == b.Length && MemoryExtensions.SequenceEqual<double>(a, b);
}
