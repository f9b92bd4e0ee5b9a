using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;
using FsCheck.Fluent;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <summary>Errors that people make, or could: each must be caught.</summary>
internal static partial class Catalogue
{
    private static readonly Domain Signs = new("signs and zeros", Gen.Elements(-1.5, -1, -0.5, 0, 0, 0.5, 1, 1.5), double.IsFinite);
    private static readonly Domain Steps = new("a few numbers", Gen.Elements(-1.0, 0, 1, 1), double.IsFinite);

    /// <summary>All of them; made when first asked for, once all parts of this class are.</summary>
    public static IReadOnlyList<Mutant> All => field ??=
        [.. Elementwise(), .. Pairs(), .. Matrix(), .. Softmaxes(), .. Gathers(), .. Transcendentals(), .. Factors(), .. Images(), .. Kinks(), .. Orders(), .. Promises(), .. Memory(), .. LossGradients(), .. LossValues()];

    private static Mutant One(string operation, string error, Func<V, V> right, UnaryVjp<double> wrong, Domain? domain = null, Gen<Shape[]>? shapes = null) =>
        new(operation, error, shapes ?? Shapes.One, [domain ?? Domain.Real], Plant.Unary(right, wrong), (_, x) => right(x[0]));

    private static Mutant Two(
        string operation, string error, Func<V, V, V> right, BinaryVjp<double> wrongA, BinaryVjp<double> wrongB, Gen<Shape[]>? shapes = null, Domain? second = null, Domain? first = null) =>
        new(operation, error, shapes ?? Shapes.Equal(2), [first ?? Domain.Real, second ?? Domain.Real], Plant.Binary(right, wrongA, wrongB), (_, x) => right(x[0], x[1]));

    private static Gen<Shape[]> Fixed(params (int Rows, int Columns)[] shapes) => Gen.Constant(Array.ConvertAll(shapes, shape => new Shape(shape.Rows, shape.Columns)));
}
