#:project ../src/AutoDiffLsr/AutoDiffLsr.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
// Matrix products in GFLOP/s beside MathNet's managed ones and this core's limit, as docs/performance.md shows them:
//   dotnet run -c Release --file docs/measure-products.cs [-- threads]
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
Compute.Threads = threads;
Control.MaxDegreeOfParallelism = threads;
double peak = FusedMultiplyAdd.Peak();
Console.WriteLine($"Register-only fused multiply-add, float, one core: {peak:F1} GFLOP/s. Products on at most {threads} thread(s); minimum of many runs.");
Console.WriteLine("| op(A) op(B) | C and inner | MathNet | ours | ratio | of the peak | ours, double |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (int n in (int[])[64, 128, 256, 512, 1024])
    Report('N', 'N', n, n, n);
Report('T', 'N', 512, 512, 512);
Report('N', 'T', 512, 512, 512);
foreach ((int batch, int inputs, int outputs) in ((int, int, int)[])[(32, 784, 128), (128, 784, 128), (512, 784, 128), (128, 512, 512), (128, 128, 10)])
{
    Report('N', 'N', batch, outputs, inputs); // Y = X W
    Report('T', 'N', inputs, outputs, batch); // dW = Xᵀ dY
    Report('N', 'T', batch, inputs, outputs); // dX = dY Wᵀ
}

void Report(char transposeA, char transposeB, int rows, int columns, int inner)
{
    (double theirs, double ours) = Speeds<float>(transposeA, transposeB, rows, columns, inner);
    (_, double oursInDouble) = Speeds<double>(transposeA, transposeB, rows, columns, inner);
    Console.WriteLine(
        $"| {transposeA}{transposeB} | {rows} x {columns}, {inner} | {theirs:F1} | {ours:F1} | {ours / theirs:F0}x | {ours / peak:P0} | {oursInDouble:F1} |");
}

static (double Theirs, double Ours) Speeds<T>(char transposeA, char transposeB, int rows, int columns, int inner)
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
    double theirs = work / Seconds(multiply, 0.2);
    using (AutoDiffLsrProvider.Use())
        return (theirs, work / Seconds(multiply, 0.2));
}

static Matrix<T> Random<T>(int rows, int columns)
    where T : struct, IEquatable<T>, IFormattable => Matrix<T>.Build.Random(rows, columns, 1);

// The shortest of the rounds that fit the time, each long enough for the clock.
static double Seconds(Action action, double budget)
{
    action();
    long start = Stopwatch.GetTimestamp();
    action();
    int calls = Math.Max(1, (int)(50e-6 / Stopwatch.GetElapsedTime(start).TotalSeconds));
    double least = double.MaxValue;
    long begin = Stopwatch.GetTimestamp();
    for (int rounds = 0; rounds < 10 || Stopwatch.GetElapsedTime(begin).TotalSeconds < budget; rounds++)
    {
        start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
            action();
        least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
    }

    return least;
}

internal static class FusedMultiplyAdd
{
    private const int Turns = 100_000, Chains = 12;

    // The best GFLOP/s of chains of operations that touch no memory.
    internal static double Peak()
    {
        double least = double.MaxValue, use = 0;
        for (int round = 0; round < 200; round++)
        {
            long start = Stopwatch.GetTimestamp();
            use += Vector512.IsHardwareAccelerated ? Wide() : Narrow();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        int lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
        return use == 0 ? 0 : 2e-9 * lanes * Turns * Chains / least;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide()
    {
        Vector512<float> f = Vector512.Create(0.999f), x = Vector512.Create(0.001f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x;
        for (int turn = 0; turn < Turns; turn++)
        {
            (a, b, c) = (Vector512.FusedMultiplyAdd(a, f, x), Vector512.FusedMultiplyAdd(b, f, x), Vector512.FusedMultiplyAdd(c, f, x));
            (d, e, g) = (Vector512.FusedMultiplyAdd(d, f, x), Vector512.FusedMultiplyAdd(e, f, x), Vector512.FusedMultiplyAdd(g, f, x));
            (h, i, j) = (Vector512.FusedMultiplyAdd(h, f, x), Vector512.FusedMultiplyAdd(i, f, x), Vector512.FusedMultiplyAdd(j, f, x));
            (k, l, m) = (Vector512.FusedMultiplyAdd(k, f, x), Vector512.FusedMultiplyAdd(l, f, x), Vector512.FusedMultiplyAdd(m, f, x));
        }

        return Vector512.Sum(a + b + c + d + e + g + h + i + j + k + l + m);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Narrow()
    {
        Vector256<float> f = Vector256.Create(0.999f), x = Vector256.Create(0.001f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x;
        for (int turn = 0; turn < Turns; turn++)
        {
            (a, b, c) = (Vector256.FusedMultiplyAdd(a, f, x), Vector256.FusedMultiplyAdd(b, f, x), Vector256.FusedMultiplyAdd(c, f, x));
            (d, e, g) = (Vector256.FusedMultiplyAdd(d, f, x), Vector256.FusedMultiplyAdd(e, f, x), Vector256.FusedMultiplyAdd(g, f, x));
            (h, i, j) = (Vector256.FusedMultiplyAdd(h, f, x), Vector256.FusedMultiplyAdd(i, f, x), Vector256.FusedMultiplyAdd(j, f, x));
            (k, l, m) = (Vector256.FusedMultiplyAdd(k, f, x), Vector256.FusedMultiplyAdd(l, f, x), Vector256.FusedMultiplyAdd(m, f, x));
        }

        return Vector256.Sum(a + b + c + d + e + g + h + i + j + k + l + m);
    }
}
