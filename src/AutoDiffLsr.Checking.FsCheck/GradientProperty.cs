using System.Runtime.CompilerServices;
using AutoDiffLsr.Autodiff;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>
/// The gradient of an operation, as a property of random inputs. One line in a test of any framework:
/// <c>GradientProperty.Of(Swish, Swish).Check();</c>
/// </summary>
public sealed partial class GradientProperty
{
    private readonly string name;
    private readonly Func<IReadOnlyList<Matrix<double>>, IReadOnlyList<Domain>, GradientCase> make;
    private readonly Domain[] domains;
    private readonly Gen<Shape[]> shapes;
    private readonly CheckOptions options;

    private GradientProperty(
        string name, Func<IReadOnlyList<Matrix<double>>, IReadOnlyList<Domain>, GradientCase> make, Domain[] domains, Gen<Shape[]> shapes, CheckOptions options)
    {
        (this.name, this.make, this.domains, this.shapes, this.options) = (name, make, domains, shapes, options);
    }

    /// <summary>For a function of one variable.</summary>
    /// <param name="compute">The function in double.</param>
    /// <param name="computeSingle">The same generic method again, for float: float is then held against double.</param>
    /// <param name="name">What messages call it; as written in the call by default.</param>
    /// <returns>The property, for real numbers.</returns>
    public static GradientProperty Of(
        Func<Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>>? computeSingle = null, [CallerArgumentExpression(nameof(compute))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(compute);
        FunctionUse use = new($"{name}({{0}})", (_, x) => compute(x[0]), computeSingle is null ? null : (_, x) => computeSingle(x[0]));
        return Of(name, use, [Domain.Real], Shapes.One);
    }

    /// <summary>For a function of two variables.</summary>
    /// <param name="compute">The function in double.</param>
    /// <param name="computeSingle">The same generic method again, for float.</param>
    /// <param name="name">What messages call it; as written in the call by default.</param>
    /// <returns>The property, for real numbers and shapes that broadcast.</returns>
    public static GradientProperty Of(
        Func<Variable<double>, Variable<double>, Variable<double>> compute,
        Func<Variable<float>, Variable<float>, Variable<float>>? computeSingle = null,
        [CallerArgumentExpression(nameof(compute))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(compute);
        FunctionUse use = new($"{name}({{0}}, {{1}})", (_, x) => compute(x[0], x[1]), computeSingle is null ? null : (_, x) => computeSingle(x[0], x[1]));
        return Of(name, use, [Domain.Real, Domain.Real], Shapes.BroadcastPair);
    }

    /// <summary>The same, for inputs of other domains.</summary>
    /// <param name="inputs">One for each input.</param>
    public GradientProperty On(params Domain[] inputs) => inputs is not null && inputs.Length == domains.Length
        ? new(name, make, inputs, shapes, options)
        : throw new ArgumentException($"'{name}' has {domains.Length} inputs, but {inputs?.Length ?? 0} domains were given.", nameof(inputs));

    /// <summary>The same, for inputs of other shapes.</summary>
    /// <param name="inputs">Draws a shape for each input: see <see cref="Shapes"/>.</param>
    public GradientProperty WithShapes(Gen<Shape[]> inputs) => new(name, make, domains, inputs ?? throw new ArgumentNullException(nameof(inputs)), options);

    /// <summary>The same, checked otherwise.</summary>
    /// <param name="value">How.</param>
    public GradientProperty With(CheckOptions value) => new(name, make, domains, shapes, value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>Checks random cases, and throws the smallest counterexample found.</summary>
    /// <param name="cases">How many.</param>
    /// <param name="seed">Same seed, same cases.</param>
    /// <returns>What they gave.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cases"/> is below 1.</exception>
    /// <exception cref="GradientCheckException">A case fails, or none could be confirmed.</exception>
    public CaseStatistics Check(int cases = 100, long seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cases, 1);
        CaseStatistics statistics = new CaseRunner(name, Cases(), options).Run(cases, seed, (first, done) => $"GradientProperty.Of({name}...).Check(cases: {done}, seed: {first})");
        if (statistics.Failure is not null)
            throw new GradientCheckException(statistics.Failure);
        return statistics.Passed > 0 ? statistics : throw new GradientCheckException(
            $"'{name}': none of {cases} cases could be confirmed or refuted; give it inputs where its numerical derivative is accurate, with On(...).");
    }

    /// <summary>As a property for FsCheck's own runners and attributes: <c>[Property] public Property Swish_is_right() =&gt; GradientProperty.Of(Swish).ToProperty();</c></summary>
    /// <returns>The property; inconclusive cases count as passed.</returns>
    public Property ToProperty() => Prop.ForAll(ToArbitrary(), drawn =>
    {
        CheckReport report = drawn.Check(options);
        return (report.Outcome != CheckOutcome.Failed).Label(report.ToString()).Classify(report.Outcome == CheckOutcome.Inconclusive, "inconclusive").Classify(report.MetKink, "on a kink");
    });

    /// <summary>The cases with their shrinker, for properties of your own.</summary>
    public Arbitrary<GradientCase> ToArbitrary() => Arb.From(Cases(), drawn => drawn.Shrink());

    private Gen<GradientCase> Cases() =>
        from inputShapes in shapes
        from inputs in Gen.CollectToArray(inputShapes.Select((shape, i) => Generators.Matrix(shape, domains[i])))
        select make(inputs, domains);

    private static GradientProperty Of(string name, FunctionUse use, Domain[] domains, Gen<Shape[]> shapes) =>
        new(name, (inputs, own) => new FunctionCase(name, use, inputs, own), domains, shapes, new());
}
