using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Products;

/// <summary>
/// Matrix products in GFLOP/s beside MathNet's managed ones and this core's limit, as docs/performance.md shows them:
/// <c>dotnet run -c Release --project tests/AutoDiffLsr.Benchmarks -- products [threads]</c>.
/// </summary>
internal static class ProductsCommand
{
    /// <summary>Prints the table, for one thread unless told otherwise.</summary>
    internal static int Run(string[] options)
    {
        if (options.Length > 1 || (options.Length == 1 && !(int.TryParse(options[0], CultureInfo.InvariantCulture, out int given) && given > 0)))
        {
            Console.Error.WriteLine($"products takes at most the number of threads, 1 or more; it was given '{string.Join(' ', options)}'.");
            return 1;
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        int threads = options.Length == 0 ? 1 : int.Parse(options[0], CultureInfo.InvariantCulture);
        Compute.Threads = threads;
        Control.MaxDegreeOfParallelism = threads;
        double peak = MachineLimits.MultiplyAddRate<float>();
        Console.WriteLine($"Register-only fused multiply-add, float, one core: {peak:F1} GFLOP/s. Products on at most {threads} thread(s); minimum of many runs.");
        Console.WriteLine("| op(A) op(B) | C and inner | MathNet | ours | ratio | of the peak | ours, double |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (int n in (int[])[64, 128, 256, 512, 1024])
            Report(peak, 'N', 'N', n, n, n);
        Report(peak, 'T', 'N', 512, 512, 512);
        Report(peak, 'N', 'T', 512, 512, 512);
        foreach ((int batch, int inputs, int outputs) in ((int, int, int)[])[(32, 784, 128), (128, 784, 128), (512, 784, 128), (128, 512, 512), (128, 128, 10)])
        {
            Report(peak, 'N', 'N', batch, outputs, inputs); // Y = X W
            Report(peak, 'T', 'N', inputs, outputs, batch); // dW = Xᵀ dY
            Report(peak, 'N', 'T', batch, inputs, outputs); // dX = dY Wᵀ
        }

        return 0;
    }

    private static void Report(double peak, char transposeA, char transposeB, int rows, int columns, int inner)
    {
        (double theirs, double ours) = Speeds<float>(transposeA, transposeB, rows, columns, inner);
        (_, double oursInDouble) = Speeds<double>(transposeA, transposeB, rows, columns, inner);
        Console.WriteLine(
            $"| {transposeA}{transposeB} | {rows} x {columns}, {inner} | {theirs:F1} | {ours:F1} | {ours / theirs:F0}x | {ours / peak:P0} | {oursInDouble:F1} |");
    }

    private static (double Theirs, double Ours) Speeds<T>(char transposeA, char transposeB, int rows, int columns, int inner)
        where T : struct, IEquatable<T>, IFormattable
    {
        Matrix<T> a = transposeA == 'T' ? Random<T>(inner, rows) : Random<T>(rows, inner);
        Matrix<T> b = transposeB == 'T' ? Random<T>(columns, inner) : Random<T>(inner, columns);
        Matrix<T> c = Matrix<T>.Build.Dense(rows, columns);
        Action multiply = (transposeA, transposeB) switch
        {
            ('T', _) => () => a.TransposeThisAndMultiply(b, c),
            (_, 'T') => () => a.TransposeAndMultiply(b, c),
            _ => () => a.Multiply(b, c),
        };
        double work = 2e-9 * rows * columns * inner;
        double theirs = work / Seconds(multiply, budget: 0.5);
        using (AutoDiffLsrProvider.Use())
            return (theirs, work / Seconds(multiply, budget: 1));
    }

    private static Matrix<T> Random<T>(int rows, int columns)
        where T : struct, IEquatable<T>, IFormattable => Matrix<T>.Build.Random(rows, columns, 1);

    // The shortest of the rounds that fit the time, each long enough for the clock.
    private static double Seconds(Action action, double budget)
    {
        action();
        long start = Stopwatch.GetTimestamp();
        action();
        int calls = Math.Max(1, (int)(50e-6 / Stopwatch.GetElapsedTime(start).TotalSeconds));
        double least = double.MaxValue;
        long begin = Stopwatch.GetTimestamp();
        for (int rounds = 0; rounds < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < budget; rounds++)
        {
            start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
                action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }

        return least;
    }
}
