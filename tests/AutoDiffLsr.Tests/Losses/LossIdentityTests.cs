using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Losses;

/// <summary>The identities that docs/losses.md derives.</summary>
[Properties(Arbitrary = [typeof(LogitsCases)], MaxTest = 300)]
public sealed class LossIdentityTests
{
    private static readonly Func<LogitsCase, ClassificationLoss>[] Family =
    [
        static _ => new CrossEntropy { Reduction = Reduction.None },
        static c => new LabelSmoothing(c.Smoothing) { Reduction = Reduction.None },
        static c => new SparseLabelSmoothing(c.Smoothing) { Reduction = Reduction.None },
        static c => AbsoluteCrossEntropy.AlignedWithSmoothing(c.Smoothing * 0.9, c.Classes),
    ];

    [Property]
    public Property Without_smoothing_both_are_cross_entropy(LogitsCase c)
    {
        var ce = new CrossEntropy().Run(c.Logits, c.Labels);
        return (new LabelSmoothing(0).Run(c.Logits, c.Labels).Equals(ce) && new SparseLabelSmoothing(0).Run(c.Logits, c.Labels).Equals(ce)).ToProperty();
    }

    [Property]
    public bool Absolute_cross_entropy_with_both_factors_one_is_cross_entropy(LogitsCase c)
    {
        var (ce, ceGradient) = new CrossEntropy().Run(c.Logits, c.Labels);
        var (ace, aceGradient) = new AbsoluteCrossEntropy(1, 1).Run(c.Logits, c.Labels);
        return LossProbe.Difference(ce, ace) <= c.Tolerance() && LossProbe.Difference(ceGradient, aceGradient) <= 1e-14;
    }

    [Property]
    public Property Two_classes_make_lsr_and_sparse_lsr_equal(LogitsCase c)
    {
        Matrix<double> two = c.Logits.SubMatrix(0, c.Labels.Length, 0, 2);
        int[] labels = [.. c.Labels.Select(t => t % 2)];
        var (lsr, lsrGradient) = new LabelSmoothing(c.Smoothing).Run(two, labels);
        var (sparse, sparseGradient) = new SparseLabelSmoothing(c.Smoothing).Run(two, labels);
        return (LossProbe.Difference(lsr, sparse) <= c.Tolerance() && LossProbe.Difference(lsrGradient, sparseGradient) <= 1e-12).ToProperty();
    }

    [Property]
    public bool Equal_others_make_lsr_and_sparse_lsr_equal(LogitsCase c)
    {
        Matrix<double> equal = c.Logits.MapIndexed((row, column, z) => column == c.Labels[row] ? z : c.Logits[row, (c.Labels[row] + 1) % c.Classes]);
        var (lsr, lsrGradient) = new LabelSmoothing(c.Smoothing).Run(equal, c.Labels);
        var (sparse, sparseGradient) = new SparseLabelSmoothing(c.Smoothing).Run(equal, c.Labels);
        return LossProbe.Difference(lsr, sparse) <= c.Tolerance() && LossProbe.Difference(lsrGradient, sparseGradient) <= 1e-12;
    }

    [Property]
    public Property Lsr_exceeds_sparse_lsr_by_the_divergence_of_the_others(LogitsCase c)
    {
        // LSR - SparseLSR = B·KL(u ‖ q) ≥ 0, with q the softmax of the other logits and u uniform: computed here from the definition.
        Matrix<double> lsr = Family[1](c).Run(c.Logits, c.Labels).Loss, sparse = Family[2](c).Run(c.Logits, c.Labels).Loss;
        double worst = 0, smallest = 0;
        for (int row = 0; row < c.Labels.Length; row++)
        {
            double[] others = [.. Enumerable.Range(0, c.Classes).Where(j => j != c.Labels[row]).Select(j => c.Logits[row, j])];
            double largest = others.Max(), logSum = largest + Math.Log(others.Sum(z => Math.Exp(z - largest)));
            double divergence = others.Average(z => Math.Log(1.0 / others.Length) - (z - logSum));
            worst = Math.Max(worst, Math.Abs(lsr[row, 0] - sparse[row, 0] - (c.Spread * divergence)));
            smallest = Math.Min(smallest, lsr[row, 0] - sparse[row, 0]);
        }

        return (worst <= c.Tolerance() && smallest >= -c.Tolerance()).Label($"off by {worst}, smallest gap {smallest}");
    }

    [Property]
    public bool Gradients_sum_to_zero_in_each_row(LogitsCase c) => Family.All(make =>
        make(c).Run(c.Logits, c.Labels).Gradient.RowSums().All(sum => Math.Abs(sum) <= 1e-13));

    [Property]
    public Property Target_gradients_of_lsr_and_sparse_lsr_agree_and_others_differ_by_their_unevenness(LogitsCase c)
    {
        Matrix<double> lsr = Family[1](c).Run(c.Logits, c.Labels).Gradient, sparse = Family[2](c).Run(c.Logits, c.Labels).Gradient;
        Matrix<double> q = OthersOf(c);
        double worst = 0;
        for (int row = 0; row < c.Labels.Length; row++)
        {
            for (int j = 0; j < c.Classes; j++)
            {
                double expected = j == c.Labels[row] ? 0 : c.Spread * (q[row, j] - (1.0 / (c.Classes - 1)));
                worst = Math.Max(worst, Math.Abs(lsr[row, j] - sparse[row, j] - expected));
            }
        }

        return (worst <= 1e-13).Label($"off by {worst}");
    }

    [Property]
    public bool Sparse_lsr_is_never_below_the_entropy_of_the_smoothed_label(LogitsCase c)
    {
        if (c.Smoothing == 0)
            return true;
        double a = 1 - c.Spread;
        double entropy = (a == 0 ? 0 : -a * Math.Log(a)) - (c.Spread * Math.Log(c.Smoothing / c.Classes));
        return Family[2](c).Run(c.Logits, c.Labels).Loss.Enumerate().All(loss => loss >= entropy - c.Tolerance());
    }

    [Property]
    public Property The_fused_gradient_is_the_composed_one(LogitsCase c)
    {
        double worst = Family.Max(make => LossProbe.Difference(
            make(c).Run(c.Logits, c.Labels).Gradient,
            make(c).Run(c.Logits, c.Labels, composed: true).Gradient));
        return (worst <= 1e-13).Label($"off by {worst}");
    }

    [Property]
    public bool An_ignored_row_counts_as_if_it_were_not_there(LogitsCase c, bool poisoned)
    {
        // The row is added at the top; its logits may even be NaN.
        const int Ignored = -100;
        Matrix<double> extra = Matrix<double>.Build.Dense(1, c.Classes, poisoned ? double.NaN : 3.0).Stack(c.Logits);
        int[] labels = [Ignored, .. c.Labels];
        foreach (bool composed in new[] { false, true })
        {
            foreach (Reduction reduction in new[] { Reduction.Mean, Reduction.Sum })
            {
                var (loss, gradient) = new SparseLabelSmoothing(c.Smoothing) { Reduction = reduction }.Run(c.Logits, c.Labels, composed);
                var (withRow, gradientWithRow) = new SparseLabelSmoothing(c.Smoothing) { Reduction = reduction, IgnoredLabel = Ignored }.Run(extra, labels, composed);
                if (LossProbe.Difference(loss, withRow) > c.Tolerance()
                    || LossProbe.Difference(gradient, gradientWithRow.RemoveRow(0)) > 1e-14
                    || gradientWithRow.Row(0).Any(g => g != 0))
                {
                    return false;
                }
            }
        }

        return true;
    }

    [Property]
    public bool Class_weights_weigh_rows_and_divide_the_mean(LogitsCase c)
    {
        double[] weights = [.. Enumerable.Range(1, c.Classes).Select(k => k / 2.0)];
        Matrix<double> rows = new LabelSmoothing(c.Smoothing) { Reduction = Reduction.None }.Run(c.Logits, c.Labels).Loss;
        double expected = rows.Enumerate().Select((loss, row) => weights[c.Labels[row]] * loss).Sum() / c.Labels.Sum(t => weights[t]);
        double actual = new LabelSmoothing(c.Smoothing) { ClassWeights = weights }.Run(c.Logits, c.Labels).Loss[0, 0];
        return Math.Abs(expected - actual) <= c.Tolerance();
    }

    [Property]
    public bool One_hot_targets_give_cross_entropy_and_smoothed_ones_lsr(LogitsCase c)
    {
        Matrix<double> smoothed = Matrix<double>.Build.Dense(
            c.Labels.Length, c.Classes, (row, j) => (j == c.Labels[row] ? 1 - c.Smoothing : 0) + (c.Smoothing / c.Classes));
        using Tape<double> tape = new();
        double soft = new CrossEntropy().Compute(tape.Constant(c.Logits), tape.Constant(smoothed)).Scalar;
        return Math.Abs(soft - new LabelSmoothing(c.Smoothing).Run(c.Logits, c.Labels).Loss[0, 0]) <= c.Tolerance();
    }

    private static Matrix<double> OthersOf(LogitsCase c)
    {
        Matrix<double> q = c.Logits.Clone();
        for (int row = 0; row < c.Labels.Length; row++)
        {
            double largest = Enumerable.Range(0, c.Classes).Where(j => j != c.Labels[row]).Max(j => c.Logits[row, j]);
            for (int j = 0; j < c.Classes; j++)
                q[row, j] = j == c.Labels[row] ? 0 : Math.Exp(c.Logits[row, j] - largest);
            q.SetRow(row, q.Row(row) / q.Row(row).Sum());
        }

        return q;
    }
}
