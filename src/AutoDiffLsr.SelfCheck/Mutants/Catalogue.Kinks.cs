using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Kinks, ties, and errors of the second order only.</content>
internal static partial class Catalogue
{
    private static IEnumerable<Mutant> Kinks() =>
    [
        One("relu", "gradient everywhere", x => x.Relu(), (x, y, dy) => dy),
        One("relu", "leaks 0.01", x => x.Relu(), (x, y, dy) => dy * Plant.Map(x, v => v > 0 ? 1 : v < 0 ? 0.01 : 0)),
        One("relu", "2 at the kink", x => x.Relu(), (x, y, dy) => dy * Plant.Map(x, v => v > 0 ? 1 : v < 0 ? 0 : 2), Signs),
        One("relu", "-1/2 at the kink", x => x.Relu(), (x, y, dy) => dy * Plant.Map(x, v => v > 0 ? 1 : v < 0 ? 0 : -0.5), Signs),
        One("abs", "3 at the kink", x => x.Abs(), (x, y, dy) => dy * Plant.Map(x, v => v > 0 ? 1 : v < 0 ? -1 : 3), Signs),
        One("abs", "1 for negative x", x => x.Abs(), (x, y, dy) => dy),
        One("leaky relu", "slopes swapped", x => x.LeakyRelu(0.25), (x, y, dy) => dy * Plant.Map(x, v => v > 0 ? 0.25 : 1)),
        One("clamp", "gradient outside", x => x.Clamp(-1, 1), (x, y, dy) => dy),
        One("clamp", "2 at the ends", x => x.Clamp(-1, 1), (x, y, dy) => dy * Plant.Map(x, v => Math.Abs(v) < 1 ? 1 : Math.Abs(v) == 1 ? 2 : 0), Signs),
        Two("maximum", "ties paid twice", (a, b) => a.Maximum(b), (a, b, y, dy) => dy * Plant.Map(a - b, v => v >= 0 ? 1 : 0), (a, b, y, dy) => dy * Plant.Map(b - a, v => v >= 0 ? 1 : 0), first: Steps, second: Steps),
        Two("maximum", "ties not paid", (a, b) => a.Maximum(b), (a, b, y, dy) => dy * Plant.Map(a - b, v => v > 0 ? 1 : 0), (a, b, y, dy) => dy * Plant.Map(b - a, v => v > 0 ? 1 : 0), first: Steps, second: Steps),
        Two("maximum", "the smaller one paid", (a, b) => a.Maximum(b), (a, b, y, dy) => dy * Plant.Map(a - b, v => v < 0 ? 1 : 0), (a, b, y, dy) => dy * Plant.Map(b - a, v => v < 0 ? 1 : 0)),
    ];

    private static IEnumerable<Mutant> Orders() =>
    [
        One("tanh, second order", "history lost", x => x.Tanh(), (x, y, dy) => dy * (1 - (y * y)).Detach()),
        One("tanh, second order", "half of the history lost", x => x.Tanh(), (x, y, dy) => dy * (1 - (y * y.Detach()))),
        One("tanh, second order", "cotangent's history lost", x => x.Tanh(), (x, y, dy) => dy.Detach() * (1 - (y * y))),
        One("square, second order", "history lost", x => x.Square(), (x, y, dy) => 2 * x.Detach() * dy),
        One("exp, second order", "factor 1.001", x => x.Exp(), (x, y, dy) => Scaled(y, 1.001) * dy, Domain.Moderate),
        One("exp, second order", "factor 2.001", x => x.Exp(), (x, y, dy) => Scaled(y, 2.001) * dy, Domain.Moderate),
        One("exp, second order", "wrong sign", x => x.Exp(), (x, y, dy) => Scaled(y, -1) * dy, Domain.Moderate),
        Two("multiply, second order", "history of b lost", (a, b) => a * b, (a, b, y, dy) => b.Detach() * dy, (a, b, y, dy) => a * dy),
        Recorded("cube, recorded", "factor 1.001", x => x.Power(3), (x, y, dy) => 1.001 * 3 * x * x * dy, (x, y, dy) => 3 * x * x * dy),
        Recorded("cube, fused", "factor 1.001", x => x.Power(3), (x, y, dy) => 3 * x * x * dy, (x, y, dy) => 1.001 * 3 * x * x * dy),
        Recorded("cube, fused", "factor 1.000001", x => x.Power(3), (x, y, dy) => 3 * x * x * dy, (x, y, dy) => 1.000001 * 3 * x * x * dy),
    ];

    private static Mutant Recorded(string operation, string error, Func<V, V> right, UnaryVjp<double> recorded, UnaryVjp<double> unrecorded) =>
        new(operation, error, Shapes.One, [Domain.Positive], Plant.Unary(right, recorded, unrecorded), (_, x) => right(x[0]));

    /// <summary>The same value, whose gradient has a factor.</summary>
    private static V Scaled(V x, double factor) => Autodiff.Operation.Elementwise("scaled", x, factor, static (x, y, _) => x.CopyTo(y), static (x, y, dy, factor) => factor * dy);
}
