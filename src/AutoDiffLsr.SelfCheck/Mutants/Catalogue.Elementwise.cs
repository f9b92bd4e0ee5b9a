using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Functions of one variable, and of two of one shape.</content>
internal static partial class Catalogue
{
    private static IEnumerable<Mutant> Elementwise() =>
    [
        One("tanh", "wrong sign", x => x.Tanh(), (x, y, dy) => -(dy * (1 - (y * y)))),
        One("tanh", "no gradient", x => x.Tanh(), (x, y, dy) => default),
        One("tanh", "factor 1.001", x => x.Tanh(), (x, y, dy) => 1.001 * dy * (1 - (y * y))),
        One("tanh", "factor 1.00001", x => x.Tanh(), (x, y, dy) => 1.00001 * dy * (1 - (y * y))),
        One("tanh", "factor 1.000001", x => x.Tanh(), (x, y, dy) => 1.000001 * dy * (1 - (y * y))),
        One("tanh", "1 - y for 1 - y²", x => x.Tanh(), (x, y, dy) => dy * (1 - y)),
        One("tanh", "first entry left out", x => x.Tanh(), (x, y, dy) => dy * (1 - (y * y)) * Without(x, 0)),
        One("tanh", "clipped at ±1/2", x => x.Tanh(), (x, y, dy) => Plant.Map(dy * (1 - (y * y)), v => Math.Clamp(v, -0.5, 0.5))),
        One("sigmoid", "missing factor", x => x.Sigmoid(), (x, y, dy) => dy * (1 - y)),
        One("sigmoid", "cotangent ignored", x => x.Sigmoid(), (x, y, dy) => y * (1 - y)),
        One("sigmoid", "cotangent squared", x => x.Sigmoid(), (x, y, dy) => dy * dy * y * (1 - y)),
        One("sigmoid", "0 where saturated", x => x.Sigmoid(), (x, y, dy) => dy * y * (1 - y) * Plant.Map(y, v => v > 0.95 ? 0 : 1)),
        One("exp", "x for y", x => x.Exp(), (x, y, dy) => x * dy, Domain.Moderate),
        One("exp", "0.001 too much", x => x.Exp(), (x, y, dy) => (y + 0.001) * dy, Domain.Moderate),
        One("log", "an epsilon in the divisor", x => x.Log(), (x, y, dy) => dy / (x + 1e-3), Domain.Positive),
        One("log", "a small epsilon in the divisor", x => x.Log(), (x, y, dy) => dy / (x + 1e-7), Domain.Positive),
        One("log", "x² for x", x => x.Log(), (x, y, dy) => dy / (x * x), Domain.Positive),
        One("log of large x", "no gradient", x => (x + 1000).Log(), (x, y, dy) => 0 * dy, Domain.Positive),
        One("log1p", "1 + x² for 1 + x", x => x.Log1p(), (x, y, dy) => dy / (1 + (x * x)), Domain.AboveMinusOne),
        One("sqrt", "missing 2", x => x.Sqrt(), (x, y, dy) => dy / y, Domain.Positive),
        One("softplus", "tanh for sigmoid", x => x.Softplus(), (x, y, dy) => dy * x.Tanh()),
        One("gelu", "derivative of the tanh form", x => x.Gelu(), (x, y, dy) => dy * TanhForm(x)),
        One("gelu", "missing x·φ(x)", x => x.Gelu(), (x, y, dy) => dy * x.NormalDistribution()),
        One("square", "missing 2", x => x.Square(), (x, y, dy) => x * dy),
        One("cube", "x³ for x²", x => x.Power(3), (x, y, dy) => 3 * x.Power(3) * dy, Domain.Positive),
        One("normal density", "missing minus", x => x.NormalDensity(), (x, y, dy) => x * y * dy),
    ];

    private static IEnumerable<Mutant> Pairs() =>
    [
        Two("multiply", "sides swapped", (a, b) => a * b, (a, b, y, dy) => a * dy, (a, b, y, dy) => b * dy),
        Two("multiply", "no gradient for b", (a, b) => a * b, (a, b, y, dy) => b * dy, (a, b, y, dy) => default),
        Two("multiply", "b's gradient for a too", (a, b) => a * b, (a, b, y, dy) => (a + b) * dy, (a, b, y, dy) => a * dy),
        Two("subtract", "db = dy", (a, b) => a - b, (a, b, y, dy) => dy, (a, b, y, dy) => dy),
        Two("divide", "missing minus", (a, b) => a / b, (a, b, y, dy) => dy / b, (a, b, y, dy) => y * dy / b, second: Domain.AwayFromZero),
        Two("divide", "b for b²", (a, b) => a / b, (a, b, y, dy) => dy / b, (a, b, y, dy) => -(a * dy / b), second: Domain.AwayFromZero),
        Two("x + bias", "mean over the rows for the sum", (x, b) => x + b, (x, b, y, dy) => dy, (x, b, y, dy) => dy.MeanOverRows(), Fixed((4, 3), (1, 3))),
        Two("x + bias", "first row for the sum", (x, b) => x + b, (x, b, y, dy) => dy, (x, b, y, dy) => dy.SliceRows(0, 1), Fixed((4, 3), (1, 3))),
        Two("x + bias", "last row overwrites", (x, b) => x + b, (x, b, y, dy) => dy, (x, b, y, dy) => dy.SliceRows(3, 1), Fixed((4, 3), (1, 3))),
        Two("x + bias", "sum over the wrong side", (x, b) => x + b, (x, b, y, dy) => dy, (x, b, y, dy) => dy.SumOverColumns().Transpose(), Fixed((3, 3), (1, 3))),
        Two("x · scale", "x left out of the sum", (x, s) => x * s, (x, s, y, dy) => s * dy, (x, s, y, dy) => dy.SumOverRows(), Fixed((4, 3), (1, 3))),
    ];

    private static V Without(V x, int entry) => x.Tape.Constant(MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
        x.Rows, x.Columns, (row, column) => row + (column * x.Rows) == entry ? 0 : 1));

    /// <summary>The derivative of x/2·(1 + tanh(√(2/π)(x + 0.044715 x³))).</summary>
    private static V TanhForm(V x)
    {
        double c = Math.Sqrt(2 / Math.PI);
        V t = (c * (x + (0.044715 * x * x * x))).Tanh();
        return (0.5 * (1 + t)) + (0.5 * x * (1 - (t * t)) * (c * (1 + (0.134145 * x * x))));
    }
}
