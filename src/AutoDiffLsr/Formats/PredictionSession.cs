using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Formats;

/// <summary>Runs samples through the layers. For one thread at a time; after the first few runs it allocates nothing.</summary>
internal sealed class PredictionSession<T>(Layer<T> layers, Standardization<T>? standardization, int features) : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    // A tape keeps its memory by shape. With three sizes of blocks it stays small whatever numbers of samples are asked for.
    private readonly Matrix<T>?[] blocks = new Matrix<T>?[BlockSizes.Length];
    private readonly T[] sample = new T[features];
    private readonly ForwardPass<T> pass = new(layers);

    private static ReadOnlySpan<int> BlockSizes => [256, 16, 1];

    public void Run(ReadOnlySpan<T> samples, int rows, Span<int> labels, Span<T> values, Output output)
    {
        for (int row = 0; row < rows;)
        {
            int kind = 0;
            while (BlockSizes[kind] > rows - row)
                kind++;
            Matrix<T> block = blocks[kind] ??= Matrix<T>.Build.Dense(BlockSizes[kind], features);
            Load(samples.Slice(row * features, block.RowCount * features), block);
            Forward(block, row, labels, values, output);
            row += block.RowCount;
        }
    }

    public void Dispose() => pass.Dispose();

    private void Load(ReadOnlySpan<T> samples, Matrix<T> block)
    {
        T[] data = block.Data();
        int rows = block.RowCount;
        for (int row = 0; row < rows; row++)
        {
            samples.Slice(row * features, features).CopyTo(sample);
            standardization?.Apply(sample.AsSpan());
            for (int column = 0; column < features; column++)
                data[(column * rows) + row] = sample[column];
        }
    }

    private void Forward(Matrix<T> block, int row, Span<int> labels, Span<T> values, Output output)
    {
        try
        {
            Variable<T> y = pass.Run(block);
            if (output == Output.Labels)
                FindLargest(y, labels.Slice(row, y.Rows));
            else
                Unload(output == Output.Probabilities ? y.Softmax() : y, values.Slice(row * y.Columns, y.Rows * y.Columns));
        }
        finally
        {
            pass.Clear();
        }
    }

    private static void FindLargest(Variable<T> y, Span<int> labels)
    {
        ReadOnlySpan<T> data = y.Value.Data();
        for (int row = 0; row < labels.Length; row++)
            labels[row] = RowScores.FirstLargest(data, labels.Length, row);
    }

    private static void Unload(Variable<T> y, Span<T> values)
    {
        ReadOnlySpan<T> data = y.Value.Data();
        int rows = y.Rows, columns = y.Columns;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                values[(row * columns) + column] = data[(column * rows) + row];
        }
    }
}
