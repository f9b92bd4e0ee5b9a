using AutoDiffLsr.Numerics;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;
using Xunit;
using Transpose = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace AutoDiffLsr.Tests.Numerics;

[CollectionDefinition(nameof(AutoDiffLsrProviderTests), DisableParallelization = true)] // MathNet's provider belongs to the process
[Collection(nameof(AutoDiffLsrProviderTests))]
[Properties(Arbitrary = [typeof(ProductCase.Arbitraries)], MaxTest = 60)]
public sealed class AutoDiffLsrProviderTests
{
    [Property]
    public void Products_of_matrices_are_those_of_MathNet_in_double(ProductCase product) => CheckProducts<double>(product, 1e-13);

    [Property]
    public void Products_of_matrices_are_those_of_MathNet_in_float(ProductCase product) => CheckProducts<float>(product, 5e-5);

    [Property]
    public void Systems_and_factorizations_are_those_of_MathNet(ProductCase product)
    {
        int order = Math.Clamp(product.Rows, 1, 40), columns = Math.Clamp(product.Columns, 1, 10);
        Matrix<double> a = Matrix<double>.Build.Dense(order, order, ProductCase.Random<double>(order * order, product.Seed))
            + Matrix<double>.Build.DenseIdentity(order).Multiply(order);
        Matrix<double> b = Matrix<double>.Build.Dense(order, columns, ProductCase.Random<double>(order * columns, product.Seed + 1));
        Func<Matrix<double>>[] solutions =
        [
            () => a.Solve(b), () => a.QR().Solve(b), () => a.QR().Q, () => a.TransposeThisAndMultiply(a).Cholesky().Solve(b), () => a.Svd().Solve(b), () => a.Inverse(),
        ];
        foreach (Func<Matrix<double>> solution in solutions)
        {
            Matrix<double> theirs = solution(), ours;
            using (AutoDiffLsrProvider.Use())
                ours = solution();
            Assert.True((theirs - ours).InfinityNorm() <= 1e-9 * (1 + theirs.InfinityNorm()), $"{order}x{order}: {(theirs - ours).InfinityNorm()}");
        }
    }

    [Fact]
    public void Use_installs_once_and_dispose_restores()
    {
        ILinearAlgebraProvider before = LinearAlgebraControl.Provider;
        using (AutoDiffLsrProvider.Use())
        {
            Assert.True(AutoDiffLsrProvider.IsInstalled);
            using (AutoDiffLsrProvider.Use())
                Assert.Same(before, ((GemmProvider)LinearAlgebraControl.Provider).Inner);
            Assert.True(AutoDiffLsrProvider.IsInstalled);
        }

        Assert.Same(before, LinearAlgebraControl.Provider);
        Assert.False(AutoDiffLsrProvider.Restore());
    }

    [Fact]
    public void A_provider_that_the_user_chose_is_refused_used_by_the_engine_and_given_back()
    {
        ILinearAlgebraProvider before = LinearAlgebraControl.Provider;
        var chosen = new CountingProvider(before);
        LinearAlgebraControl.Provider = chosen;
        try
        {
            Assert.Contains("CountingProvider", Assert.Throws<InvalidOperationException>(() => AutoDiffLsrProvider.Use()).Message);
            MatrixOperand<float> a = new([1, 2, 99, 3, 4], 2, 2, 3), b = new([5, 98, 6], 1, 2, 2, isTransposed: true);
            float[] c = [float.NaN, float.NaN];
            Products.Multiply(1, a, b, 0, new MatrixResult<float>(c, 2, 1, 2));
            Assert.Equal([23f, 34f], c);
            Assert.Equal(1, chosen.Products);

            AutoDiffLsrProvider.Use(replaceNative: true);
            Products.Multiply(1, a, b, 1, new MatrixResult<float>(c, 2, 1, 2));
            Assert.Equal([46f, 68f], c);
            Assert.Equal(1, chosen.Products);
            Assert.True(AutoDiffLsrProvider.Restore());
            Assert.Same(chosen, LinearAlgebraControl.Provider);
        }
        finally
        {
            LinearAlgebraControl.Provider = before;
        }
    }

    [Fact]
    public void The_result_may_be_a_factor()
    {
        var provider = (ILinearAlgebraProvider<double>)new GemmProvider(LinearAlgebraControl.Provider);
        double[] a = [1, 2, 3, 4];
        provider.MatrixMultiply(a, 2, 2, a, 2, 2, a);
        Assert.Equal([7.0, 10, 15, 22], a);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        var provider = (ILinearAlgebraProvider<double>)new GemmProvider(LinearAlgebraControl.Provider);
        var error = Assert.Throws<ArgumentException>(() => provider.MatrixMultiply(new double[6], 2, 3, new double[4], 2, 2, new double[4]));
        Assert.Contains("op(A) is 2x3 and op(B) is 2x2", error.Message);
    }

    private static void CheckProducts<T>(ProductCase product, double tolerance)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        (int rows, int columns, int inner) = (Math.Max(1, product.Rows), Math.Max(1, product.Columns), Math.Max(1, product.Inner));
        Matrix<T> Random(int r, int c, int seed) => Matrix<T>.Build.Dense(r, c, ProductCase.Random<T>(r * c, seed));
        Matrix<T> a = Random(rows, inner, 1), b = Random(inner, columns, 2), turnedA = Random(inner, rows, 3), turnedB = Random(columns, inner, 4);
        Vector<T> v = Random(inner, 1, 5).Column(0);
        Func<Matrix<T>>[] products =
        [
            () => a * b, () => turnedA.TransposeThisAndMultiply(b), () => a.TransposeAndMultiply(turnedB), () => (a * v).ToColumnMatrix(),
            () => (v * b).ToRowMatrix(), () => turnedA.TransposeThisAndMultiply(v).ToColumnMatrix(),
        ];
        foreach (Func<Matrix<T>> multiply in products)
        {
            Matrix<T> theirs = multiply(), ours;
            using (AutoDiffLsrProvider.Use())
                ours = multiply();
            Assert.True((theirs - ours).Enumerate().All(difference => double.CreateChecked(T.Abs(difference)) <= tolerance * inner));
        }
    }

    private sealed class CountingProvider(ILinearAlgebraProvider inner) : DelegatingProvider(inner), ILinearAlgebraProvider
    {
        public int Products { get; private set; }

        void ILinearAlgebraProvider<float>.MatrixMultiplyWithUpdate(
            Transpose transposeA, Transpose transposeB, float alpha, float[] a, int rowsA, int columnsA, float[] b, int rowsB, int columnsB, float beta, float[] c)
        {
            Products++;
            ((ILinearAlgebraProvider<float>)Inner).MatrixMultiplyWithUpdate(transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);
        }
    }
}
