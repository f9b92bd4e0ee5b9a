using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>The errors of K numbers, from outputs and targets that come batch by batch; summed in double.</summary>
internal sealed class NumberScores(int columns)
{
    private readonly double[] squares = new double[columns], magnitudes = new double[columns];

    /// <summary>Of the targets: the mean so far, and the sum of squared distances from it (Welford 1962).</summary>
    private readonly double[] means = new double[columns], spreads = new double[columns];

    public int Columns => squares.Length;

    public long Count { get; private set; }

    public double RootMeanSquaredError(int column) => Math.Sqrt(squares[column] / Count);

    public double MeanAbsoluteError(int column) => magnitudes[column] / Count;

    /// <summary>NaN where the targets are all the same.</summary>
    public double RSquared(int column) => spreads[column] > 0 ? 1 - (squares[column] / spreads[column]) : double.NaN;

    public double RootMeanSquaredError() => Math.Sqrt(squares.Sum() / Count / Columns);

    public double MeanAbsoluteError() => magnitudes.Sum() / Count / Columns;

    public double RSquared() => Enumerable.Range(0, Columns).Average(RSquared);

    public void Add<T>(Matrix<T> outputs, Matrix<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] x = outputs.Data(), t = targets.Data();
        int rows = outputs.RowCount;
        for (int column = 0; column < Columns; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                int entry = (column * rows) + row;
                double target = double.CreateTruncating(t[entry]), error = double.CreateTruncating(x[entry]) - target, distance = target - means[column];
                squares[column] += error * error;
                magnitudes[column] += Math.Abs(error);
                means[column] += distance / (Count + row + 1);
                spreads[column] += distance * (target - means[column]);
            }
        }

        Count += rows;
    }
}
