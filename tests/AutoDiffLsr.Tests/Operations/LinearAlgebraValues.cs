using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>Factors and solutions by what they must satisfy, for the table of values: a product gives the matrix back.</summary>
internal static class LinearAlgebraValues
{
    public static IReadOnlyList<OperationValue> Table { get; } =
    [
        OperationValue.Whole("MatrixOperations.Dot(Variable, Variable)", x => x.Dot(2 * x), _ => Shape.Scalar, (x, _, _) => 2 * x.Enumerate().Sum(z => z * z)),
        OperationValue.Whole("MatrixOperations.Outer(Variable, Variable)", x => x.Outer(x + 1), x => new(x.RowCount * x.ColumnCount, x.RowCount * x.ColumnCount), (x, i, j) => x[i % x.RowCount, i / x.RowCount] * (x[j % x.RowCount, j / x.RowCount] + 1)),
        OfSquare("LinearAlgebraOperations.Solve(Variable, Variable, Boolean)", a => a.MatMul(a.Solve(a.Transpose())), (a, i, j) => a[j, i]),
        OfSquare("LinearAlgebraOperations.Solve(Variable, Variable, Boolean)", a => a.MatMul(a.Solve(a, transposeA: true), transposeA: true), (a, i, j) => a[i, j]),
        OfSquare("LinearAlgebraOperations.Inverse(Variable)", a => a.MatMul(a.Inverse()), (_, i, j) => i == j ? 1 : 0),
        new("LinearAlgebraOperations.Determinant(Variable)", _ => [new(2, 2)], false, x => x[0].Determinant(), _ => Shape.Scalar, (x, _, _) => (x[0][0, 0] * x[0][1, 1]) - (x[0][0, 1] * x[0][1, 0])),
        new("LinearAlgebraOperations.LogDeterminant(Variable)", _ => [new(2, 2)], false, x => x[0].LogDeterminant().Exp(), _ => Shape.Scalar, (x, _, _) => Math.Abs((x[0][0, 0] * x[0][1, 1]) - (x[0][0, 1] * x[0][1, 0]))),
        OfSquare("LinearAlgebraOperations.Cholesky(Variable)", a => a.Cholesky().MatMul(a.Cholesky(), transposeB: true), (a, i, j) => (a[i, j] + a[j, i]) / 2),
        OfSquare("LinearAlgebraOperations.SymmetricEigenvalues(Variable)", a => (a.SymmetricEigenvectors() * a.SymmetricEigenvalues().Transpose()).MatMul(a.SymmetricEigenvectors(), transposeB: true), (a, i, j) => (a[i, j] + a[j, i]) / 2),
        OfSquare("LinearAlgebraOperations.SymmetricEigenvectors(Variable)", a => a.SymmetricEigenvectors().MatMul(a.SymmetricEigenvectors(), transposeA: true), (_, i, j) => i == j ? 1 : 0),
        new("LinearAlgebraOperations.Qr(Variable)", Tall, false, x => x[0].Qr().Q.MatMul(x[0].Qr().R), x => OperationValue.ShapeOf0(x[0]), (x, i, j) => x[0][i, j]),
        new("LinearAlgebraOperations.Qr(Variable)", Tall, false, x => x[0].Qr().Q.MatMul(x[0].Qr().Q, transposeA: true), x => new(x[0].ColumnCount, x[0].ColumnCount), (_, i, j) => i == j ? 1 : 0),
    ];

    private static Shape[] Tall(RandomSource random)
    {
        int columns = 1 + random.NextInt(3);
        return [new(columns + random.NextInt(3), columns)];
    }

    /// <summary>A square matrix with 6 added on its diagonal: positive definite, since normal numbers in a 5 x 5 hardly move an eigenvalue by more.</summary>
    private static OperationValue OfSquare(string covers, Func<Variable<double>, Variable<double>> compute, Func<Matrix<double>, int, int, double> entry) => new(
        covers,
        random => { int n = 1 + random.NextInt(4); return [new(n, n)]; },
        false,
        x => compute(x[0] + Six(x[0])),
        x => OperationValue.ShapeOf0(x[0]),
        (x, i, j) => entry(x[0] + (6 * Matrix<double>.Build.DenseIdentity(x[0].RowCount)), i, j));

    private static Variable<double> Six(Variable<double> x) => x.Tape.Constant(6 * Matrix<double>.Build.DenseIdentity(x.Rows));
}
