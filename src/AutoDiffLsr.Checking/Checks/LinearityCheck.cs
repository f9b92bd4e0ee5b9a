using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>VJP(αv + βw) = α·VJP(v) + β·VJP(w).</summary>
internal sealed class LinearityCheck : ICheck
{
    private const double Alpha = 0.75, Beta = -1.5;

    public CheckKind Kind => CheckKind.Linearity;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        double[] v = context.Cotangent(random), w = context.Cotangent(random), both = new double[v.Length];
        for (int i = 0; i < v.Length; i++)
            both[i] = (Alpha * v[i]) + (Beta * w[i]);
        double[][] gv = context.Bench.Vjp(context.At, v), gw = context.Bench.Vjp(context.At, w), expected = Point.Zeros(gv);
        for (int s = 0; s < gv.Length; s++)
        {
            for (int i = 0; i < gv[s].Length; i++)
                expected[s][i] = (Alpha * gv[s][i]) + (Beta * gw[s][i]);
        }

        // Where both terms cancel, the difference is relative to the terms: they are appended as entries that agree.
        double[][] actual = context.Bench.Vjp(context.At, both);
        return Closeness.Compare(
            Kind,
            context.Slots,
            Beside(actual, gv),
            Beside(expected, gv),
            "The VJP is not linear in the cotangent; of αv + βw");
    }

    private static double[][] Beside(double[][] gradient, double[][] scale) => [.. gradient.Zip(scale, (a, b) => (double[])[.. a, .. b])];
}
