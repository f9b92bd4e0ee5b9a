using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Losses;

/// <summary>Logits on a readable grid, with labels and a smoothing.</summary>
public sealed record LogitsCase(Matrix<double> Logits, int[] Labels, double Smoothing)
{
    public int Classes => Logits.ColumnCount;

    /// <summary>B = ξ(C-1)/C.</summary>
    public double Spread => Smoothing * (Classes - 1) / Classes;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"[{string.Join("; ", Logits.EnumerateRows().Select(row => string.Join(" ", row.Select(z => z.ToString("R", CultureInfo.InvariantCulture)))))}], labels {string.Join(",", Labels)}, smoothing {Smoothing}");
}

/// <summary>Logits that are mild (most often), saturated or large, with the shrinker that drops rows first and classes next.</summary>
public static class LogitsCases
{
    private static readonly Gen<double> Scale = Gen.Frequency((6, Gen.Constant(1.0)), (3, Gen.Constant(8.0)), (1, Gen.Constant(100.0)));

    public static Arbitrary<LogitsCase> Arbitrary() => Arb.From(
        from rows in Gen.Choose(1, 5)
        from classes in Gen.Choose(2, 7)
        from scale in Scale
        from values in Gen.Choose(-256, 256).ArrayOf(rows * classes)
        from labels in Gen.Choose(0, classes - 1).ArrayOf(rows)
        from smoothing in Gen.Choose(0, 20)
        select new LogitsCase(Matrix<double>.Build.Dense(rows, classes, [.. values.Select(v => v / 64.0 * scale)]), labels, smoothing / 20.0),
        Shrink);

    private static IEnumerable<LogitsCase> Shrink(LogitsCase c)
    {
        for (int row = 0; c.Labels.Length > 1 && row < c.Labels.Length; row++)
            yield return c with { Logits = c.Logits.RemoveRow(row), Labels = [.. c.Labels.Where((_, i) => i != row)] };
        for (int j = c.Classes - 1; c.Classes > 2 && j >= 0; j--)
        {
            if (!c.Labels.Contains(j))
                yield return c with { Logits = c.Logits.RemoveColumn(j), Labels = [.. c.Labels.Select(t => t > j ? t - 1 : t)] };
        }

        if (c.Smoothing is not (0 or 0.5))
            yield return c with { Smoothing = 0.5 };
        for (int i = 0; i < c.Logits.RowCount; i++)
        {
            for (int j = 0; j < c.Classes; j++)
            {
                double z = c.Logits[i, j];
                if (z == Math.Round(z))
                    continue;
                Matrix<double> rounded = c.Logits.Clone();
                rounded[i, j] = Math.Round(z);
                yield return c with { Logits = rounded };
            }
        }
    }
}
