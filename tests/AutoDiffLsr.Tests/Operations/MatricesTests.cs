using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

public sealed class MatricesTests
{
    [Theory]
    [InlineData(3, 4, false, 3, 4, false, "'matmul' of 3x4 and 3x4: the first has 4 columns, the second 3 rows")]
    [InlineData(3, 4, true, 4, 2, false, "'matmul' of 3x4 transposed and 4x2: the first has 3 columns, the second 4 rows")]
    [InlineData(3, 4, false, 4, 2, true, "'matmul' of 3x4 and 4x2 transposed: the first has 4 columns, the second 2 rows")]
    [InlineData(3, 4, true, 3, 2, true, "'matmul' of 3x4 transposed and 3x2 transposed: the first has 3 columns, the second 2 rows")]
    public void Sides_that_do_not_meet_are_named_as_they_were_given(int rows, int columns, bool transposeA, int otherRows, int otherColumns, bool transposeB, string message)
    {
        using Tape<double> tape = new();
        Variable<double> a = tape.Variable(Matrix<double>.Build.Dense(rows, columns)), b = tape.Variable(Matrix<double>.Build.Dense(otherRows, otherColumns));
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => a.MatMul(b, transposeA, transposeB)).Message, StringComparison.Ordinal);
    }
}
