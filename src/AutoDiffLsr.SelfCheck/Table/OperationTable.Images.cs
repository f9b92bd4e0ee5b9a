using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Table;

/// <content>Operations on images: convolution and pooling, over small images of every kind.</content>
internal static partial class OperationTable
{
    private const int MostColumns = 36;

    /// <summary>Shapes to draw from: all combinations of options come up, as far as they fit.</summary>
    private static ConvolutionShape[] SomeConvolutions => field ??= [.. Many(random => new ConvolutionShape(
        DrawImage(random, 2 + (2 * random.NextInt(2))), 2 * (1 + random.NextInt(2)), DrawSize(random, 1, 3), DrawSize(random, 1, 2), DrawSize(random, 0, 2), DrawSize(random, 1, 2), 1 + random.NextInt(2)),
        shape => shape.Input.Columns <= MostColumns && shape.Output.Columns <= MostColumns)];

    private static PoolingShape[] SomePoolings => field ??= [.. Many(random => new PoolingShape(
        DrawImage(random, 1 + random.NextInt(2)), DrawSize(random, 1, 3), DrawSize(random, 1, 3), DrawSize(random, 0, 1), DrawSize(random, 1, 2)),
        shape => shape.Input.Columns <= MostColumns && shape.Output.Columns <= MostColumns)];

    /// <summary>
    /// Numbers that are seldom equal: where several windows have ties, the second derivative of the first winner need not lie between those of the two sides. Tests of their own hold ties
    /// against PyTorch.
    /// </summary>
    private static Domain Seldom => field ??= new("seldom equal", Gen.Choose(-1 << 22, 1 << 22).Select(i => i / (double)(1 << 20)), x => Math.Abs(x) <= 64);

    private static IEnumerable<OperationLine> Images() =>
    [
        Convolution("conv2d", "ConvolutionOperations.Conv2D(Variable, Variable, ConvolutionShape)", "{0}.Conv2D({1}, {shape})", Input, Weight, shape =>
            (x => x[0].Conv2D(x[1], shape), x => x[0].Conv2D(x[1], shape))),
        Convolution("conv2d-bias", "ConvolutionOperations.Conv2D(Variable, Variable, Variable, ConvolutionShape)", "{0}.Conv2D({1}, {2}, {shape})", Input, Weight, shape =>
            (x => x[0].Conv2D(x[1], x[2], shape), x => x[0].Conv2D(x[1], x[2], shape)), (_, shape) => new Shape(1, shape.Output.Channels)),
        Convolution("conv2d-input-gradient", "ConvolutionOperations.Conv2DInputGradient(Variable, Variable, ConvolutionShape)", "{0}.Conv2DInputGradient({1}, {shape})", Output, Weight, shape =>
            (x => x[0].Conv2DInputGradient(x[1], shape), x => x[0].Conv2DInputGradient(x[1], shape))),
        Convolution("conv2d-weight-gradient", "ConvolutionOperations.Conv2DWeightGradient(Variable, Variable, ConvolutionShape)", "{0}.Conv2DWeightGradient({1}, {shape})", Input, Output, shape =>
            (x => x[0].Conv2DWeightGradient(x[1], shape), x => x[0].Conv2DWeightGradient(x[1], shape))),
        Pool("max-pool2d", "PoolingOperations.MaxPool2D(Variable, PoolingShape)", "{0}.MaxPool2D({shape})", shape => (x => x.MaxPool2D(shape), x => x.MaxPool2D(shape)), Seldom),
        Pool("average-pool2d", "PoolingOperations.AveragePool2D(Variable, PoolingShape, Boolean)", "{0}.AveragePool2D({shape})", shape => (x => x.AveragePool2D(shape), x => x.AveragePool2D(shape))),
        Pool("average-pool2d-inside", "PoolingOperations.AveragePool2D(Variable, PoolingShape, Boolean)", "{0}.AveragePool2D({shape}, countPadding: false)", shape =>
            (x => x.AveragePool2D(shape, countPadding: false), x => x.AveragePool2D(shape, countPadding: false))),
        Pool("sum-over-pixels", "PoolingOperations.SumOverPixels(Variable, ImageShape)", "{0}.SumOverPixels(input of {shape})", shape =>
            (x => x.SumOverPixels(shape.Input), x => x.SumOverPixels(shape.Input))),
        Line.Of("look-up", "EmbeddingOperations.LookUp(Variable, Variable)", Shapes.One, [Domain.Real], LookUp),
        Line.Of("repeat-over-pixels", "PoolingOperations.RepeatOverPixels(Variable, Int32, ImageShape)", Shapes.Side.Select(channels => new[] { new Shape(1, channels) }), [Domain.Real], RepeatOverPixels),
    ];

    private static Shape Input(int rows, ConvolutionShape shape) => new(rows, shape.Input.Columns);

    private static Shape Output(int rows, ConvolutionShape shape) => new(rows, shape.Output.Columns);

    private static Shape Weight(int rows, ConvolutionShape shape) => new(shape.WeightRows, shape.Output.Channels);

    private static OperationLine Convolution(
        string name,
        string covers,
        string format,
        Func<int, ConvolutionShape, Shape> first,
        Func<int, ConvolutionShape, Shape> second,
        Func<ConvolutionShape, (Func<Variable<double>[], Variable<double>> Compute, Func<Variable<float>[], Variable<float>> Single)> make,
        Func<int, ConvolutionShape, Shape>? third = null)
    {
        Func<int, ConvolutionShape, Shape>[] sides = third is null ? [first, second] : [first, second, third];
        return Line.Of(
            name,
            covers,
            from shape in Gen.Elements(SomeConvolutions)
            from rows in Gen.Choose(1, 3)
            select Array.ConvertAll(sides, side => side(rows, shape)),
            [.. sides.Select(_ => Domain.Real)],
            shapes => Fitting(SomeConvolutions, shape => Enumerable.Range(1, 6).Any(rows => sides.Select(side => side(rows, shape)).SequenceEqual(shapes)), format, make));
    }

    private static OperationLine Pool(
        string name, string covers, string format, Func<PoolingShape, (Func<Variable<double>, Variable<double>> Compute, Func<Variable<float>, Variable<float>> Single)> make, Domain? domain = null) => Line.Of(
            name,
            covers,
            from shape in Gen.Elements(SomePoolings)
            from rows in Gen.Choose(1, 3)
            select new[] { new Shape(rows, shape.Input.Columns) },
            [domain ?? Domain.Real],
            shapes => Fitting(SomePoolings, shape => shape.Input.Columns == shapes[0].Columns, format, shape => (x => make(shape).Compute(x[0]), x => make(shape).Single(x[0]))));

    private static Gen<FunctionUse>? Fitting<TShape>(
        TShape[] all, Func<TShape, bool> fits, string format, Func<TShape, (Func<Variable<double>[], Variable<double>> Compute, Func<Variable<float>[], Variable<float>> Single)> make)
        where TShape : class
    {
        TShape[] fitting = [.. all.Where(fits)];
        return fitting.Length == 0 ? null : Gen.Elements(fitting).Select(shape => new FunctionUse(
            format.Replace("{shape}", $"\"{shape}\"", StringComparison.Ordinal), (_, x) => make(shape).Compute([.. x]), (_, x) => make(shape).Single([.. x])));
    }

    private static Gen<FunctionUse>? RepeatOverPixels(Shape[] shapes) => shapes[0].Rows != 1 ? null :
        from rows in Gen.Choose(1, 3)
        from height in Gen.Choose(1, 3)
        from width in Gen.Choose(1, 3)
        let image = new ImageShape(shapes[0].Columns, height, width)
        select FunctionUse.Unary($"{{0}}.RepeatOverPixels({rows}, new ImageShape({image.Channels}, {height}, {width}))", x => x.RepeatOverPixels(rows, image), x => x.RepeatOverPixels(rows, image));

    private static Gen<FunctionUse> LookUp(Shape[] shapes) =>
        from rows in Gen.Choose(1, 3)
        from columns in Gen.Choose(1, 3)
        from places in Gen.Choose(0, shapes[0].Columns - 1).ArrayOf(rows * columns)
        select FunctionUse.Unary(
            $"{{0}}.LookUp([{string.Join(", ", places)}] as {rows}x{columns})",
            x => x.LookUp(x.Tape.Constant(Matrix<double>.Build.Dense(rows, columns, (i, j) => places[(j * rows) + i]))),
            x => x.LookUp(x.Tape.Constant(Matrix<float>.Build.Dense(rows, columns, (i, j) => places[(j * rows) + i]))));

    private static IEnumerable<TShape> Many<TShape>(Func<RandomSource, TShape> draw, Func<TShape, bool> isSmall)
        where TShape : class
    {
        RandomSource random = new(5);
        for (int count = 0; count < 200;)
        {
            if (Drawn(draw, random) is not { } shape || !isSmall(shape))
                continue;
            count++;
            yield return shape;
        }
    }

    private static TShape? Drawn<TShape>(Func<RandomSource, TShape> draw, RandomSource random)
        where TShape : class
    {
        try
        {
            return draw(random);
        }
        catch (ArgumentException)
        {
            return null; // the window does not fit
        }
    }

    private static ImageShape DrawImage(RandomSource random, int channels) => new(channels, 1 + random.NextInt(5), 1 + random.NextInt(5));

    private static Size2D DrawSize(RandomSource random, int least, int most) => new(least + random.NextInt(most - least + 1), least + random.NextInt(most - least + 1));
}
