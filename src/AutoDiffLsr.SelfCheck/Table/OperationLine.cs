using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>An operation: the shapes that it takes, the domain of each input, and how its other arguments are drawn once the shapes are known.</summary>
/// <param name="Name">What the tool calls it.</param>
/// <param name="Covers">The public members that it stands for.</param>
/// <param name="Shapes">Draws shapes that fit.</param>
/// <param name="Domains">One for each input.</param>
/// <param name="Use">The operation for inputs of these shapes; null if it does not take them.</param>
internal sealed record OperationLine(
    string Name, IReadOnlyList<string> Covers, Gen<Shape[]> Shapes, IReadOnlyList<Domain> Domains, Func<Shape[], Gen<FunctionUse>?> Use)
{
    public TableLine ToTableLine(LineKind kind) => new(kind, Name, Covers, Cases(), new CheckOptions());

    private Gen<GradientCase> Cases() =>
        from shapes in Shapes
        from use in Use(shapes) ?? throw new InvalidOperationException($"'{Name}' does not take the shapes {string.Join(", ", shapes)} that its own line draws.")
        from inputs in Gen.CollectToArray(shapes.Select((shape, i) => Generators.Matrix(shape, Domains[i])))
        select (GradientCase)new FunctionCase(Name, use, inputs, Domains);
}
