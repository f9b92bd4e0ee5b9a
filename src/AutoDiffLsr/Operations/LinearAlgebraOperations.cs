using System.Numerics;
using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AutoDiffLsr.Operations;

/// <summary>
/// Solving, inverses, determinants and factors of matrices, on MathNet's decompositions. The rules are those of M. Giles, "Collected matrix derivative results for
/// forward and reverse mode algorithmic differentiation" (2008), and for Q those of S. Walter and L. Lehmann (2010). Decompositions allocate.
/// </summary>
public static class LinearAlgebraOperations
{
    extension<T>(Variable<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>Y = A⁻¹·B, or A⁻ᵀ·B.  dB = A⁻ᵀ·dY,  dA = -dB·Yᵀ</summary>
        /// <exception cref="ArgumentException">A is not square or is singular, or B has other rows.</exception>
        public Variable<T> Solve(Variable<T> b, bool transposeA = false) => Operation.Binary(
            "solve",
            Square("solve", a),
            b.Rows == a.Rows ? b : throw new ArgumentException($"'solve' of {a.Shape} and {b.Shape}: they must have the same number of rows."),
            b.Shape,
            transposeA,
            forward: static (a, b, y, transposed) => Regular("solve", transposed ? a.Transpose() : a).Solve(b, y),
            vjpA: static (a, b, y, dy, transposed) => transposed
                ? -y.MatMul(a.Solve(dy), transposeB: true)
                : -a.Solve(dy, transposeA: true).MatMul(y, transposeB: true),
            vjpB: static (a, b, y, dy, transposed) => a.Solve(dy, !transposed));

        /// <summary>Y = A⁻¹.  dA = -Yᵀ·dY·Yᵀ</summary>
        /// <exception cref="ArgumentException">A is not square, or is singular.</exception>
        public Variable<T> Inverse() => Operation.Unary(
            "inverse",
            Square("inverse", a),
            a.Shape,
            forward: static (a, y) => Regular("inverse", a).Inverse().CopyTo(y),
            vjp: static (a, y, dy) => -y.MatMul(dy, transposeA: true).MatMul(y, transposeB: true));

        /// <summary>y = det A, 1x1.  dA = y·dy·A⁻ᵀ</summary>
        /// <exception cref="ArgumentException">A is not square; or it is singular when the gradient is taken.</exception>
        public Variable<T> Determinant() => Operation.Unary(
            "determinant",
            Square("determinant", a),
            Shape.Scalar,
            forward: static (a, y) => y[0, 0] = a.RowCount == 0 ? T.One : a.LU().Determinant,
            vjp: static (a, y, dy) => y * dy * a.Inverse().Transpose());

        /// <summary>y = ln |det A|, 1x1: the determinant itself may overflow.  dA = dy·A⁻ᵀ</summary>
        /// <exception cref="ArgumentException">A is not square, or is singular.</exception>
        public Variable<T> LogDeterminant() => Operation.Unary(
            "log-determinant",
            Square("log-determinant", a),
            Shape.Scalar,
            forward: static (a, y) => y[0, 0] = T.CreateTruncating(LogOfDiagonal(a)),
            vjp: static (a, y, dy) => dy * a.Inverse().Transpose());

        /// <summary>Y = the lower L with L·Lᵀ = A, for a symmetric positive definite A; of another A the symmetric part (A + Aᵀ)/2 is taken.  dA = ½(S + Sᵀ), S = L⁻ᵀ·Φ(Lᵀ·dL)·L⁻¹</summary>
        /// <remarks>Φ is the lower triangle with half the diagonal.</remarks>
        /// <exception cref="ArgumentException">A is not square, or not positive definite.</exception>
        public Variable<T> Cholesky() => Operation.Unary(
            "cholesky",
            Square("cholesky", a),
            a.Shape,
            forward: static (a, y) => Definite(a).Factor.CopyTo(y),
            vjp: static (a, y, dy) =>
            {
                Variable<T> inner = y.MatMul(dy, transposeA: true).LowerTriangle(diagonal: 0.5);
                Variable<T> s = y.Solve(y.Solve(inner.Transpose(), transposeA: true).Transpose(), transposeA: true);
                return 0.5 * (s + s.Transpose());
            });

        /// <summary>Q and R with Q·R = A, Qᵀ·Q = I and an upper R of positive diagonal, for an A of full rank with at least as many rows as columns: Q is N x C, R is C x C.</summary>
        /// <exception cref="ArgumentException">A has more columns than rows, or its columns are dependent.</exception>
        public (Variable<T> Q, Variable<T> R) Qr()
        {
            Variable<T> q = a.Orthonormal();
            return (q, q.MatMul(a, transposeA: true).Transpose().LowerTriangle(diagonal: 1).Transpose());
        }

        /// <summary>Y = the eigenvalues of the symmetric part (A + Aᵀ)/2 in increasing order, N x 1.  dA = V·diag(dY)·Vᵀ</summary>
        /// <remarks>The second derivative of eigenvalues that are equal does not exist; what it has of them is left out.</remarks>
        /// <exception cref="ArgumentException">A is not square.</exception>
        public Variable<T> SymmetricEigenvalues() => Operation.Unary(
            "symmetric eigenvalues",
            Square("symmetric eigenvalues", a),
            new Shape(a.Rows, 1),
            forward: static (a, y) => Eigen(a).Values.CopyTo(y),
            vjp: static (a, y, dy) =>
            {
                Variable<T> v = a.SymmetricEigenvectors();
                return (v * dy.Transpose()).MatMul(v, transposeB: true);
            });

        /// <summary>Y = the eigenvectors V of the symmetric part as columns, in the order of the eigenvalues.  dA = V·½(M + Mᵀ)·Vᵀ, M = (Vᵀ·dV)∘F, F_ij = 1/(λ_j - λ_i)</summary>
        /// <remarks>The largest entry of each column is positive. F is 0 for equal eigenvalues, whose vectors are not determined.</remarks>
        /// <exception cref="ArgumentException">A is not square.</exception>
        public Variable<T> SymmetricEigenvectors() => Operation.Unary(
            "symmetric eigenvectors",
            Square("symmetric eigenvectors", a),
            a.Shape,
            forward: static (a, y) => Eigen(a).Vectors.CopyTo(y),
            vjp: static (a, y, dy) =>
            {
                Variable<T> values = a.SymmetricEigenvalues(), gaps = values.Transpose() - values, one = a.Tape.Constant(T.One);
                Variable<T> isZero = gaps.EqualTo(a.Tape.Constant(T.Zero));
                Variable<T> m = SelectionOperations.Where(isZero, a.Tape.Constant(T.Zero), y.MatMul(dy, transposeA: true) / SelectionOperations.Where(isZero, one, gaps));
                return y.MatMul(0.5 * (m + m.Transpose())).MatMul(y, transposeB: true);
            });

        /// <summary>Y = the entries below the diagonal, and a factor times those on it.  dA = dY likewise</summary>
        private Variable<T> LowerTriangle(double diagonal) => Operation.Unary(
            "lower triangle",
            a,
            a.Shape,
            T.CreateTruncating(diagonal),
            forward: static (a, y, diagonal) => FillLowerTriangle(a, y, diagonal),
            vjp: static (a, y, dy, diagonal) => dy.LowerTriangle(double.CreateChecked(diagonal)));

        /// <summary>Y = Q of the thin factors.  dA = (dQ + Q·sym(M))·R⁻ᵀ with M = -dQᵀ·Q, of which the lower triangle is mirrored</summary>
        private Variable<T> Orthonormal() => Operation.Unary(
            "qr",
            a.Rows >= a.Columns ? a : throw new ArgumentException($"'qr' of {a.Shape}: it takes at least as many rows as columns."),
            a.Shape,
            forward: static (a, y) => Factors(a).CopyTo(y),
            vjp: static (a, q, dq) =>
            {
                Variable<T> lower = (-dq.MatMul(q, transposeA: true)).LowerTriangle(diagonal: 0.5);
                Variable<T> left = dq + q.MatMul(lower + lower.Transpose());
                return q.MatMul(a, transposeA: true).Solve(left.Transpose()).Transpose();
            });
    }

    private static Variable<T> Square<T>(string operation, Variable<T> a)
        where T : struct, IFloatingPointIeee754<T> =>
        a.Rows == a.Columns ? a : throw new ArgumentException($"'{operation}' of {a.Shape}: the matrix must be square.");

    private static LU<T> Regular<T>(string operation, Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        LU<T> factors = a.LU();
        for (int i = 0; i < a.RowCount; i++)
        {
            if (!(T.Abs(factors.U[i, i]) > T.Zero))
                throw new ArgumentException($"'{operation}': the matrix is singular, or has NaN (pivot {i} of {a.RowCount} is {factors.U[i, i]}).");
        }

        return factors;
    }

    private static double LogOfDiagonal<T>(Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        Matrix<T> upper = Regular("log-determinant", a).U;
        double sum = 0;
        for (int i = 0; i < a.RowCount; i++)
            sum += Math.Log(Math.Abs(double.CreateChecked(upper[i, i])));
        return sum;
    }

    private static Cholesky<T> Definite<T>(Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        try
        {
            return SymmetricPart(a).Cholesky();
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException("'cholesky': the matrix is not positive definite.", nameof(a), error);
        }
    }

    private static Matrix<T> SymmetricPart<T>(Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        return Matrix<T>.Build.Dense(a.RowCount, a.RowCount, (i, j) => (a[i, j] * half) + (a[j, i] * half));
    }

    /// <summary>Eigenvalues in increasing order, each with its vector, whose largest entry is positive.</summary>
    private static (Matrix<T> Values, Matrix<T> Vectors) Eigen<T>(Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (a.RowCount == 0)
            return (Matrix<T>.Build.Dense(0, 1), Matrix<T>.Build.Dense(0, 0));
        Evd<T> evd = SymmetricPart(a).Evd(Symmetricity.Symmetric);
        Matrix<T> vectors = evd.EigenVectors.Clone();
        for (int j = 0; j < vectors.ColumnCount; j++)
        {
            int largest = 0;
            for (int i = 1; i < vectors.RowCount; i++)
                largest = T.Abs(vectors[i, j]) > T.Abs(vectors[largest, j]) ? i : largest;
            if (vectors[largest, j] < T.Zero)
                vectors.SetColumn(j, vectors.Column(j).Negate());
        }

        return (Matrix<T>.Build.Dense(a.RowCount, 1, (i, _) => T.CreateTruncating(evd.EigenValues[i].Real)), vectors);
    }

    /// <summary>Q with the signs that make the diagonal of R positive.</summary>
    private static Matrix<T> Factors<T>(Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        QR<T> qr = a.QR(QRMethod.Thin);
        Matrix<T> q = qr.Q.Clone();
        for (int j = 0; j < a.ColumnCount; j++)
        {
            T pivot = qr.R[j, j];
            double rounding = 8 * a.RowCount * double.CreateChecked(T.BitIncrement(T.One) - T.One) * a.Column(j).L2Norm();
            if (!(Math.Abs(double.CreateChecked(pivot)) > rounding))
                throw new ArgumentException($"'qr': column {j} depends on those before it within rounding, or has NaN.");
            if (pivot < T.Zero)
                q.SetColumn(j, q.Column(j).Negate());
        }

        return q;
    }

    private static void FillLowerTriangle<T>(Matrix<T> a, Matrix<T> y, T diagonal)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < a.ColumnCount; j++)
        {
            for (int i = 0; i < a.RowCount; i++)
                y[i, j] = i > j ? a[i, j] : i == j ? diagonal * a[i, j] : T.Zero;
        }
    }
}
