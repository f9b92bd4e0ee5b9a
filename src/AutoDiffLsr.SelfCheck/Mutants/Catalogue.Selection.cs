using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Gathers, choices, transcendental functions and factors.</content>
internal static partial class Catalogue
{
    private static readonly int[] SomeRows = [2, 0, 2, 1];

    private static IEnumerable<Mutant> Gathers() =>
    [
        One("take rows", "the last use alone", x => x.TakeRows(SomeRows), (x, y, dy) => dy.SliceRows(1, 3).PutRows([0, 2, 1], 3), shapes: Fixed((3, 2))),
        One("take rows", "put in the order taken", x => x.TakeRows(SomeRows), (x, y, dy) => dy.SliceRows(0, 3), shapes: Fixed((3, 2))),
        One("reshape", "in the other order", x => x.Reshape(3, 2), (x, y, dy) => dy.ReshapeRows(2, 3), shapes: Fixed((2, 3))),
        One("flip rows", "not flipped back", x => x.FlipRows(), (x, y, dy) => dy, shapes: Fixed((3, 2))),
        One("roll rows", "rolled on", x => x.RollRows(1), (x, y, dy) => dy.RollRows(1), shapes: Fixed((3, 2))),
        One("tile", "the first copy alone", x => x.Tile(2, 1), (x, y, dy) => dy.SliceRows(0, x.Rows), shapes: Fixed((2, 2))),
        One("diagonal", "the other diagonal", x => x.Diagonal(), (x, y, dy) => dy.ToDiagonal().FlipColumns(), shapes: Fixed((3, 3))),
        One("cumulative sum", "summed from the start", x => x.CumulativeSumOverRows(), (x, y, dy) => dy.CumulativeSumOverRows(), shapes: Fixed((3, 2))),
        One("max over rows", "to the last row", x => x.MaxOverRows(), (x, y, dy) => dy.PutRows([2], 3), shapes: Fixed((3, 2))),
        One("max over columns", "to all entries", x => x.MaxOverColumns(), (x, y, dy) => dy.BroadcastTo(x.Shape), shapes: Fixed((2, 3))),
        One("norm", "not divided", x => x.Norm(), (x, y, dy) => x * dy, Domain.AwayFromZero),
        One("norm", "twice", x => x.Norm(), (x, y, dy) => 2 * x / y * dy, Domain.AwayFromZero),
        One("variance", "of the unbiased", x => x.Variance(), (x, y, dy) => 2 * (x - x.Mean()) * dy / (x.Shape.Count - 1), shapes: Fixed((3, 2))),
    ];

    private static IEnumerable<Mutant> Transcendentals() =>
    [
        One("sin", "-cos", x => x.Sin(), (x, y, dy) => -(x.Cos() * dy)),
        One("cos", "sign", x => x.Cos(), (x, y, dy) => x.Sin() * dy),
        One("tan", "1 - y²", x => x.Tan(), (x, y, dy) => (1 - (y * y)) * dy, Domain.InsideOne),
        One("asin", "1 + x²", x => x.Asin(), (x, y, dy) => dy / (1 + (x * x)).Sqrt(), Domain.Probability),
        One("atan", "1 - x²", x => x.Atan(), (x, y, dy) => dy / (1 - (x * x)), Domain.InsideOne),
        One("erf", "without 2/√π", x => x.Erf(), (x, y, dy) => (-(x * x)).Exp() * dy),
        One("erf", "e^(-x²/2)", x => x.Erf(), (x, y, dy) => 2 / Math.Sqrt(Math.PI) * (-(x * x) / 2).Exp() * dy),
        One("cosh", "sign of the trigonometric one", x => x.Cosh(), (x, y, dy) => -(x.Sinh() * dy), Domain.Moderate),
        One("silu", "σ alone", x => x.Silu(), (x, y, dy) => x.Sigmoid() * dy),
        Two("atan2", "sides swapped", (a, b) => a.Atan2(b), (a, b, y, dy) => a / ((a * a) + (b * b)) * dy, (a, b, y, dy) => -(b / ((a * a) + (b * b)) * dy), first: Domain.AwayFromZero, second: Domain.Positive),
        Two("power of two", "no gradient for p", (x, p) => x.Power(p), (x, p, y, dy) => p * x.Power(p - 1) * dy, (x, p, y, dy) => default, first: Domain.Positive, second: Domain.InsideOne),
        Two("log-add-exp", "halves", (a, b) => a.LogAddExp(b), (a, b, y, dy) => 0.5 * dy, (a, b, y, dy) => 0.5 * dy),
    ];

    private static IEnumerable<Mutant> Factors() =>
    [
        One("inverse", "sign", x => Dominated(x).Inverse(), (x, y, dy) => y.MatMul(dy, transposeA: true).MatMul(y, transposeB: true), shapes: Fixed((3, 3))),
        One("inverse", "not transposed", x => Dominated(x).Inverse(), (x, y, dy) => -y.MatMul(dy).MatMul(y), shapes: Fixed((3, 3))),
        One("determinant", "inverse not transposed", x => Dominated(x).Determinant(), (x, y, dy) => y * dy * Dominated(x).Inverse(), shapes: Fixed((3, 3))),
        One("log-determinant", "of the determinant", x => Dominated(x).LogDeterminant(), (x, y, dy) => y * dy * Dominated(x).Inverse().Transpose(), shapes: Fixed((2, 2))),
        One("eigenvalues", "of the diagonal", x => Dominated(x).SymmetricEigenvalues(), (x, y, dy) => dy.ToDiagonal(), shapes: Fixed((2, 2))),
        Two("solve", "A⁻¹ for A⁻ᵀ", (a, b) => Dominated(a).Solve(b), (a, b, y, dy) => -Dominated(a).Solve(dy).MatMul(y, transposeB: true), (a, b, y, dy) => Dominated(a).Solve(dy), Fixed((3, 3), (3, 2))),
    ];

    private static V Dominated(V x) => x + x.Tape.Constant(Matrix<double>.Build.Dense(x.Rows, x.Columns, (i, j) => i == j ? 8 + i : i - j));
}
