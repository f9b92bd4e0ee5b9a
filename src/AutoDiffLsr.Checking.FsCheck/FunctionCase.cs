using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.Reports;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>A function with inputs of its domains. It shrinks by cutting equal sides of all inputs together, then by simpler entries.</summary>
/// <param name="name">What reports call the function.</param>
/// <param name="use">The function.</param>
/// <param name="domains">What the entries of each input may be, also after shrinking.</param>
public sealed class FunctionCase(string name, FunctionUse use, IReadOnlyList<Matrix<double>> inputs, IReadOnlyList<Domain> domains) : GradientCase
{
    /// <summary>The inputs.</summary>
    public IReadOnlyList<Matrix<double>> Inputs => inputs;

    /// <inheritdoc/>
    public override CheckReport Check(CheckOptions options) =>
        GradientCheck.Check(CheckedFunction.Of(name, use.Compute, use.ComputeSingle), inputs, options);

    /// <inheritdoc/>
    public override IEnumerable<GradientCase> Shrink()
    {
        foreach (int length in Shrinkers.Sides(inputs))
        {
            for (int index = length - 1; index >= 0; index--)
            {
                FunctionUse? after = use.AfterDrop is null ? use : use.AfterDrop(length, index);
                if (after is not null && Valid(after, Shrinkers.DropSide(inputs, length, index)) is { } smaller)
                    yield return smaller;
            }
        }

        foreach (Matrix<double>[] simpler in Shrinkers.Values(inputs))
        {
            if (Valid(use, simpler) is { } valid)
                yield return valid;
        }
    }

    /// <summary>The call and its inputs, as C#.</summary>
    /// <returns>"x1.MatMul(x2) with x1 = { { 1, 2 } }, x2 = ...".</returns>
    public override string ToString() => $"{use.Text(Names())} with {string.Join(", ", Names().Zip(inputs, (name, input) => $"{name} = {Text(input)}"))}";

    /// <summary>A matrix as C#.</summary>
    internal static string Text(Matrix<double> input) => MatrixText.Of(new Shape(input.RowCount, input.ColumnCount), input.ToColumnMajorArray());

    private IEnumerable<string> Names() => Enumerable.Range(1, inputs.Count).Select(i => $"x{i}");

    private FunctionCase? Valid(FunctionUse candidate, Matrix<double>[] candidates)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].Exists(value => !domains[i].Contains(value), Zeros.Include))
                return null;
        }

        try
        {
            using Tape<double> tape = new();
            candidate.Compute(tape, [.. candidates.Select(tape.Variable)]);
            return new FunctionCase(name, candidate, candidates, domains);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
