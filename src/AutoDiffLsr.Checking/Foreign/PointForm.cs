using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Checking.Numerical;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.Foreign;

/// <summary>The form in which a function takes a point and its gradient gives one: an array, a vector, a matrix or a list of matrices.</summary>
/// <typeparam name="TPoint">The form.</typeparam>
/// <param name="Slots">What there is to move.</param>
/// <param name="Make">A new point of these numbers, those of a matrix column by column.</param>
/// <param name="Read">The numbers of a point, as a copy.</param>
/// <param name="Rounding">The rounding of its number type.</param>
internal sealed record PointForm<TPoint>(IReadOnlyList<Slot> Slots, Func<double[][], TPoint> Make, Func<TPoint, double[][]> Read, double Rounding)
    where TPoint : class;

/// <summary>The forms that there are.</summary>
internal static class PointForm
{
    public static PointForm<double[]> Array(double[] like) => new([List(like.Length)], x => (double[])x[0].Clone(), x => [(double[])x.Clone()], Rounding.Double);

    public static PointForm<float[]> Array(float[] like) => new([List(like.Length)], x => Singles(x[0]), x => [Doubles(x)], Rounding.Single);

    public static PointForm<Vector<double>> Vector(Vector<double> like) => new(
        [List(like.Count)], x => Vector<double>.Build.DenseOfArray(x[0]), x => [x.ToArray()], Rounding.Double);

    public static PointForm<Vector<float>> Vector(Vector<float> like) => new(
        [List(like.Count)], x => Vector<float>.Build.DenseOfArray(Singles(x[0])), x => [Doubles(x.ToArray())], Rounding.Single);

    public static PointForm<Matrix<double>> Matrix(Matrix<double> like) => new(
        [new Slot("x", Of(like))], x => Matrix(Of(like), x[0]), x => [InOrder(x, like.RowCount, like.ColumnCount)], Rounding.Double);

    public static PointForm<Matrix<float>> Matrix(Matrix<float> like) => new(
        [new Slot("x", new Shape(like.RowCount, like.ColumnCount))],
        x => Matrix<float>.Build.Dense(like.RowCount, like.ColumnCount, Singles(x[0])),
        x => [Doubles(InOrder(x, like.RowCount, like.ColumnCount))],
        Rounding.Single);

    public static PointForm<IReadOnlyList<Matrix<double>>> Matrices(IReadOnlyList<Matrix<double>> like) => new(
        [.. like.Select((matrix, i) => new Slot($"input {i + 1}", Of(matrix)))],
        x => [.. x.Select((entries, i) => Matrix(Of(like[i]), entries))],
        x => [.. x.Select((matrix, i) => i < like.Count ? InOrder(matrix, like[i].RowCount, like[i].ColumnCount) : matrix.ToColumnMajorArray())],
        Rounding.Double);

    private static Slot List(int length) => new("x", new Shape(length, 1)) { IsVector = true };

    private static Shape Of(Matrix<double> matrix) => new(matrix.RowCount, matrix.ColumnCount);

    private static Matrix<double> Matrix(Shape shape, double[] entries) => Matrix<double>.Build.Dense(shape.Rows, shape.Columns, (double[])entries.Clone());

    /// <summary>The entries column by column; of a matrix of another shape an empty list, which has the wrong length.</summary>
    private static T[] InOrder<T>(Matrix<T> matrix, int rows, int columns)
        where T : struct, IEquatable<T>, IFormattable => matrix.RowCount == rows && matrix.ColumnCount == columns ? matrix.ToColumnMajorArray() : [];

    private static float[] Singles(double[] values) => System.Array.ConvertAll(values, value => (float)value);

    private static double[] Doubles(float[] values) => System.Array.ConvertAll(values, value => (double)value);
}
