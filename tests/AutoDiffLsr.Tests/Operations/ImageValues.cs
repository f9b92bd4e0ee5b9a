using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>The values of operations on images by their definitions, entry by entry.</summary>
internal static class ImageValues
{
    private static readonly ConvolutionShape Conv = new(new ImageShape(4, 5, 4), outputChannels: 6, kernel: (3, 2), stride: (2, 1), padding: (1, 1), dilation: (1, 2), groups: 2);
    private static readonly PoolingShape Pool = new(new ImageShape(2, 5, 4), kernel: (3, 2), stride: (2, 1), padding: (1, 1));

    private static readonly Matrix<double> Places = Matrix<double>.Build.DenseOfArray(new double[,] { { 3, 0, 3 }, { 1, 1, 2 } });

    public static OperationValue[] Table { get; } =
    [
        new("ConvolutionOperations.Conv2D(Variable, Variable, ConvolutionShape)", Shapes(Conv.Input, weights: true), false, x => x[0].Conv2D(x[1], Conv), x => new(x[0].RowCount, Conv.Output.Columns), (x, n, j) =>
            Terms().Where(term => term.Place == j).Sum(term => x[0][n, term.Pixel] * x[1][term.WeightRow, term.Channel])),
        new("ConvolutionOperations.Conv2D(Variable, Variable, Variable, ConvolutionShape)", random => [.. Shapes(Conv.Input, weights: true)(random), new(1, 6)], false, x => x[0].Conv2D(x[1], x[2], Conv), x => new(x[0].RowCount, Conv.Output.Columns), (x, n, j) =>
            x[2][0, j / Conv.Output.Pixels] + Terms().Where(term => term.Place == j).Sum(term => x[0][n, term.Pixel] * x[1][term.WeightRow, term.Channel])),
        new("ConvolutionOperations.Conv2DInputGradient(Variable, Variable, ConvolutionShape)", Shapes(Conv.Output, weights: true), false, x => x[0].Conv2DInputGradient(x[1], Conv), x => new(x[0].RowCount, Conv.Input.Columns), (x, n, j) =>
            Terms().Where(term => term.Pixel == j).Sum(term => x[0][n, term.Place] * x[1][term.WeightRow, term.Channel])),
        new("ConvolutionOperations.Conv2DWeightGradient(Variable, Variable, ConvolutionShape)", Shapes(Conv.Input, weights: false), false, x => x[0].Conv2DWeightGradient(x[1], Conv), _ => new(Conv.WeightRows, 6), (x, i, j) =>
            Terms().Where(term => term.WeightRow == i && term.Channel == j).Sum(term => x[0].Column(term.Pixel) * x[1].Column(term.Place))),
        new("PoolingOperations.MaxPool2D(Variable, PoolingShape)", Images, false, x => x[0].MaxPool2D(Pool), PoolShape, (x, n, j) => Window(j).Max(pixel => x[0][n, pixel])),
        new("PoolingOperations.AveragePool2D(Variable, PoolingShape, Boolean)", Images, false, x => x[0].AveragePool2D(Pool), PoolShape, (x, n, j) => Window(j).Sum(pixel => x[0][n, pixel]) / 6),
        new("PoolingOperations.AveragePool2D(Variable, PoolingShape, Boolean)", Images, false, x => x[0].AveragePool2D(Pool, countPadding: false), PoolShape, (x, n, j) => Window(j).Average(pixel => x[0][n, pixel])),
        new("PoolingOperations.SumOverPixels(Variable, ImageShape)", Images, false, x => x[0].SumOverPixels(Pool.Input), _ => new(1, 2), (x, _, c) =>
            Enumerable.Range(c * Pool.Input.Pixels, Pool.Input.Pixels).Sum(column => x[0].Column(column).Sum())),
        new("EmbeddingOperations.LookUp(Variable, Variable)", _ => [new(3, 4)], false, x => x[0].LookUp(x[0].Tape.Constant(Places)), _ => new(2, 9), (x, n, j) => x[0][j % 3, (int)Places[n, j / 3]]),
        new("PoolingOperations.RepeatOverPixels(Variable, Int32, ImageShape)", _ => [new(1, 2)], false, x => x[0].RepeatOverPixels(3, Pool.Input), _ => new(3, Pool.Input.Columns), (x, _, j) => x[0][0, j / Pool.Input.Pixels]),
    ];

    private static Shape PoolShape(Matrix<double>[] x) => new(x[0].RowCount, Pool.Output.Columns);

    private static Shape[] Images(RandomSource random) => [new(1 + random.NextInt(20), Pool.Input.Columns)];

    private static Func<RandomSource, Shape[]> Shapes(ImageShape first, bool weights) => random =>
    {
        int rows = 1 + random.NextInt(20);
        return [new(rows, first.Columns), weights ? new(Conv.WeightRows, Conv.Output.Channels) : new(rows, Conv.Output.Columns)];
    };

    private static IEnumerable<int> Window(int place)
    {
        (int channel, int pixel) = Math.DivRem(place, Pool.Output.Pixels);
        (int row, int column) = Math.DivRem(pixel, Pool.Output.Width);
        return from i in Enumerable.Range((row * 2) - 1, 3)
               from j in Enumerable.Range(column - 1, 2)
               where i is >= 0 and < 5 && j is >= 0 and < 4
               select (((channel * 5) + i) * 4) + j;
    }

    /// <summary>All products of the convolution: Σ over (k, h, w, c, i, j) of x[n, c, 2h - 1 + i, w - 1 + 2j] · weight[k, c, i, j].</summary>
    private static IEnumerable<(int Place, int Pixel, int WeightRow, int Channel)> Terms() =>
        from k in Enumerable.Range(0, 6)
        from h in Enumerable.Range(0, Conv.Output.Height)
        from w in Enumerable.Range(0, Conv.Output.Width)
        from c in Enumerable.Range(0, 2)
        from i in Enumerable.Range(0, 3)
        from j in Enumerable.Range(0, 2)
        let row = (2 * h) - 1 + i
        let column = w - 1 + (2 * j)
        where row is >= 0 and < 5 && column is >= 0 and < 4
        select ((((k * Conv.Output.Height) + h) * Conv.Output.Width) + w, (((((k / 3 * 2) + c) * 5) + row) * 4) + column, (((c * 3) + i) * 2) + j, k);
}
