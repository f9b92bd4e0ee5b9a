using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Losses;

/// <summary>
/// A small net as a loss, as ML3 has it (Bechtle et al., "Meta Learning via Learned Loss", 2021): (y, f) goes through two hidden layers of ReLU without
/// biases to a single softplus.
/// </summary>
public sealed class NetLoss : LearnedLoss
{
    /// <summary>The units of each hidden layer.</summary>
    public const int Hidden = 50;

    private static readonly (int Rows, int Columns)[] Shapes = [(2, Hidden), (Hidden, Hidden), (Hidden, 1)];

    private object? converted;

    /// <summary>A loss of known weights.</summary>
    /// <param name="weights">2 x 50, 50 x 50 and 50 x 1 finite numbers.</param>
    /// <exception cref="ArgumentException">Their number, a shape or a number is another.</exception>
    public NetLoss(IReadOnlyList<Matrix<double>> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!weights.Select(weight => (weight.RowCount, weight.ColumnCount)).SequenceEqual(Shapes))
            throw new ArgumentException($"A net as a loss has weights of 2x{Hidden}, {Hidden}x{Hidden} and {Hidden}x1.", nameof(weights));
        if (weights.Any(weight => weight.Exists(number => !double.IsFinite(number))))
            throw new ArgumentException("A weight is infinite or NaN.", nameof(weights));
        Weights = weights;
    }

    /// <summary>A loss of random weights: normal, with variance 2 / inputs of the layer (He et al. 2015).</summary>
    /// <param name="random">Where they are drawn from.</param>
    public NetLoss(RandomSource random)
        : this([.. Shapes.Select(shape => Matrix<double>.Build.Dense(shape.Rows, shape.Columns, (_, _) => Math.Sqrt(2.0 / shape.Rows) * random.NextNormal()))])
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Matrix<double>> Weights { get; }

    /// <inheritdoc/>
    public override string Formula =>
        $"net(y, f; {string.Join("; ", Weights.Select(weight => string.Join(' ', weight.ToColumnMajorArray().Select(number => number.ToString("R", CultureInfo.InvariantCulture)))))})";

    /// <inheritdoc/>
    public override LearnedLoss WithWeights(IReadOnlyList<Matrix<double>> weights) => new NetLoss(weights);

    private protected override Variable<T> Entries<T>(Variable<T> target, Variable<T> output, ReadOnlySpan<Variable<T>> weights)
    {
        Variable<T> x = Pair(target, output, 0);
        for (int column = 1; column < output.Columns; column++)
            x = BlockOperations.ConcatenateRows(x, Pair(target, output, column));
        for (int layer = 0; layer < Shapes.Length; layer++)
        {
            x = x.MatMul(weights.IsEmpty ? output.Tape.Constant(Own<T>()[layer]) : weights[layer]);
            x = layer < Shapes.Length - 1 ? x.Relu() : x.Softplus();
        }

        Variable<T> losses = x.SliceRows(0, output.Rows);
        for (int column = 1; column < output.Columns; column++)
            losses = BlockOperations.ConcatenateColumns(losses, x.SliceRows(column * output.Rows, output.Rows));
        return losses;
    }

    /// <summary>The weights in the type that was last asked for.</summary>
    private Matrix<T>[] Own<T>()
        where T : struct, IFloatingPointIeee754<T>
    {
        if (converted is Matrix<T>[] own)
            return own;
        own = [.. Weights.Select(weight => weight.Map(T.CreateTruncating))];
        converted = own;
        return own;
    }

    private static Variable<T> Pair<T>(Variable<T> target, Variable<T> output, int column)
        where T : struct, IFloatingPointIeee754<T> =>
        BlockOperations.ConcatenateColumns(target.SliceColumns(column, 1), output.SliceColumns(column, 1));
}
