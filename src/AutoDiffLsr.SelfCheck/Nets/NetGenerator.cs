using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.SelfCheck.Nets;

/// <summary>Draws nets: one to five layers of random kinds and widths, with a random loss.</summary>
internal static class NetGenerator
{
    private const int MaxLayers = 5, MaxWidth = 6, MaxRows = 6;

    public static Gen<GradientCase> Nets() =>
        from shape in SampleShape()
        from samples in Generators.Matrix(shape, Domain.Real)
        from count in Gen.Choose(0, MaxLayers - 1)
        from hidden in Layer().ArrayOf(count)
        from classes in Gen.Choose(2, MaxWidth)
        from kind in Gen.Elements(Enum.GetValues<LossKind>())
        from loss in LossGenerator.Losses(kind, shape.Rows, classes)
        from seed in Generators.Seed
        from training in Gen.Elements(true, true, false)
        select (GradientCase)new NetCase(samples, [.. hidden, new LayerSpec("Dense", classes)], loss, seed, training, isLayerTest: false);

    /// <summary>One layer alone, without a loss.</summary>
    public static Gen<GradientCase> Single(Gen<LayerSpec> layers) =>
        from shape in SampleShape()
        from samples in Generators.Matrix(shape, Domain.Real)
        from layer in layers
        from seed in Generators.Seed
        from training in Gen.Elements(true, false)
        select (GradientCase)new NetCase(samples, [layer], null, seed, training, isLayerTest: true);

    /// <summary>One layer that takes images.</summary>
    public static Gen<GradientCase> SingleOfImages(string kind) =>
        from rows in Gen.Choose(2, MaxRows)
        from columns in Gen.Elements(4, 5, 8, 9, 18)
        from samples in Generators.Matrix(new Shape(rows, columns), Domain.Real)
        from width in Gen.Choose(1, 3)
        from number in Gen.Elements(-1.0, 1.0)
        from seed in Generators.Seed
        from training in Gen.Elements(true, false)
        select (GradientCase)new NetCase(samples, [new LayerSpec(kind, width, number)], null, seed, training, isLayerTest: true);

    public static Gen<LayerSpec> Dense() =>
        from width in Gen.Choose(1, MaxWidth)
        from bias in Gen.Elements(1.0, 1.0, -1.0)
        select new LayerSpec("Dense", width, bias);

    public static Gen<LayerSpec> Activation(string kind) => Gen.Elements(0.01, 0.25, -0.5).Select(slope => new LayerSpec(kind, Number: slope));

    public static Gen<LayerSpec> Dropout() =>
        from rate in Gen.Elements(0, 0.25, 0.5)
        from seed in Gen.Choose(0, 1000)
        select new LayerSpec("Dropout", seed, rate);

    private static Gen<Shape> SampleShape() => Gen.Choose(2, MaxRows).Zip(Gen.Choose(1, MaxWidth), (rows, columns) => new Shape(rows, columns));

    private static Gen<LayerSpec> Layer() => Gen.Frequency(
        (6, Dense()),
        (6, Gen.Elements(LayerSpec.Activations.ToArray()).SelectMany(Activation)),
        (1, Dropout()),
        (1, Gen.Elements("LayerNorm", "BatchNorm", "Sequential").Select(kind => new LayerSpec(kind))));
}
