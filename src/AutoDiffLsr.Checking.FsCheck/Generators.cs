using AutoDiffLsr.Autodiff;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>Matrices, logits, labels and what else a loss takes. All numbers are short and finite unless a generator says otherwise.</summary>
public static class Generators
{
    /// <summary>A smoothing ξ of [0, 1]: the ends, and shares people use.</summary>
    public static Gen<double> Smoothing { get; } = Gen.Elements(0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.9, 1);

    /// <summary>A seed.</summary>
    public static Gen<int> Seed { get; } = Gen.Choose(0, int.MaxValue - 1);

    /// <summary>Logits as in the middle of training: quarters from -3 to 3, ties included.</summary>
    public static Domain MildLogits { get; } = new("mild logits", Gen.Choose(-12, 12).Select(i => i / 4.0), x => Math.Abs(x) <= 16);

    /// <summary>Logits of a net that is very sure: up to ±40.</summary>
    public static Domain SaturatedLogits { get; } = new("saturated logits", Gen.Choose(-80, 80).Select(i => i / 2.0), x => Math.Abs(x) <= 64);

    /// <summary>Logits of any size that a double has: ±10^e with e up to 300, denormals and zeros. Only values are checked there, not differences.</summary>
    public static Domain ExtremeLogits { get; } = new(
        "extreme logits",
        Gen.Frequency(
            (6, Gen.Choose(-320, 300).Zip(Gen.Choose(-99, 99), (exponent, digits) => digits / 10.0 * Math.Pow(10, exponent))),
            (1, Gen.Constant(0.0)),
            (2, Gen.Choose(-100, 100).Select(i => (double)i))),
        double.IsFinite);

    /// <summary>A matrix.</summary>
    /// <param name="domain">What its entries may be.</param>
    public static Gen<Matrix<double>> Matrix(Shape shape, Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return domain.Values.ArrayOf(shape.Count).Select(entries => Matrix<double>.Build.Dense(shape.Rows, shape.Columns, entries));
    }

    /// <summary>A label for each row.</summary>
    /// <param name="rows">N.</param>
    /// <param name="classes">C: the labels are 0..C-1.</param>
    /// <param name="ignored">A label that stands for "ignored", drawn for about one row in five, sometimes for all; null for none.</param>
    public static Gen<int[]> Labels(int rows, int classes, int? ignored = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Gen<int> label = Gen.Choose(0, classes - 1);
        return ignored is not { } none
            ? label.ArrayOf(rows)
            : Gen.Frequency((15, Gen.Frequency((4, label), (1, Gen.Constant(none))).ArrayOf(rows)), (1, Gen.Constant(none).ArrayOf(rows)));
    }

    /// <summary>Rows that are distributions: positive entries that sum to 1.</summary>
    /// <param name="shape">N x C.</param>
    public static Gen<Matrix<double>> Distribution(Shape shape) => Gen.Choose(1, 16).ArrayOf(shape.Count).Select(counts =>
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(shape.Rows, shape.Columns, Array.ConvertAll(counts, count => (double)count));
        return matrix.NormalizeRows(1);
    });
}
