using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Losses;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.SelfCheck.Nets;

/// <summary>Draws losses over the whole grid of their options.</summary>
internal static class LossGenerator
{
    private const int IgnoredLabel = -1;

    public static Gen<LossSpec> Losses(LossKind kind, int rows, int classes) =>
        from smoothing in Generators.Smoothing
        from phi in Gen.Elements(1, 1.1, 1.5, 0.75, 3)
        from reduction in Gen.Elements(Reduction.Mean, Reduction.Sum, Reduction.None)
        from ignored in Gen.Elements<int?>(null, IgnoredLabel)
        from labels in Generators.Labels(rows, classes, ignored)
        from weights in Gen.Frequency((2, Gen.Constant<double[]?>(null)), (1, Gen.Choose(0, 12).Select(i => i / 4.0).ArrayOf(classes).Select<double[], double[]?>(w => w)))
        from empty in Gen.Elements(0, 2.5)
        let parameter = kind == LossKind.AbsoluteCrossEntropy ? 0.5 + smoothing : smoothing
        select new LossSpec(kind, parameter, phi, reduction, ignored, weights, empty, labels, classes);
}
