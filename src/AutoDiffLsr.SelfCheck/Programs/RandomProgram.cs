using System.Text;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Checking.Reports;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Programs;

/// <summary>
/// A directed graph of operations: steps that use leaves and earlier steps, some of them several times. The last step is the result. Its text is the C# that
/// builds it.
/// </summary>
internal sealed class RandomProgram : GradientCase
{
    public const int MaxEntries = 64;
    public const double LargestValue = 64;

    public RandomProgram(IReadOnlyList<Matrix<double>> leaves, IReadOnlyList<ProgramStep> steps) => (Leaves, Steps) = (leaves, steps);

    public IReadOnlyList<Matrix<double>> Leaves { get; }

    public IReadOnlyList<ProgramStep> Steps { get; }

    /// <summary>Compositions may break the rule of one-sided slopes with every operation right, and float without any limit: both are checked by operation.</summary>
    public static CheckOptions Suited(CheckOptions options) => options with
    {
        Kinks = KinkPolicy.Skip,
        Without = [CheckKind.SinglePrecision, CheckKind.SameVariable],
    };

    public override CheckReport Check(CheckOptions options) =>
        GradientCheck.Check(CheckedFunction.Of($"program of {Steps.Count} operations ({string.Join(", ", Steps.Select(step => step.Name).Distinct())})", Compute), Leaves, Suited(options));

    public override IEnumerable<GradientCase> Shrink() => ProgramShrinker.Shrink(this);

    /// <summary>All values, leaves first; null if a value leaves the domain of its use.</summary>
    public Matrix<double>[]? Values()
    {
        try
        {
            using Tape<double> tape = new();
            using RecordingScope<double> off = tape.NoRecording();
            Variable<double>[] values = Run(tape, [.. Leaves.Select(tape.Constant)]);
            return IsInDomain(values) ? [.. values.Select(value => value.Value.Clone())] : null;
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public override string ToString()
    {
        StringBuilder text = new();
        for (int i = 0; i < Leaves.Count; i++)
            text.Append($"var {Name(i)} = tape.Variable(Matrix<double>.Build.DenseOfArray(new double[,] {MatrixText.Of(new Shape(Leaves[i].RowCount, Leaves[i].ColumnCount), Leaves[i].ToColumnMajorArray())}));\n");
        foreach ((int i, string step) in Texts().Index())
            text.Append($"var {Name(Leaves.Count + i)} = {step};\n");
        return text.ToString().TrimEnd();
    }

    /// <summary>The C# of each step: "x1.Tanh()". Leaves are x1, x2, ..., steps y1, y2, ...</summary>
    public IEnumerable<string> Texts() => Steps.Select(step => step.Use.Text(step.Inputs.Select(Name)));

    /// <summary>The result on a tape.</summary>
    public Variable<double> Compute(Tape<double> tape, IReadOnlyList<Variable<double>> leaves) => Run(tape, leaves)[^1];

    private string Name(int place) => place < Leaves.Count ? $"x{place + 1}" : $"y{place - Leaves.Count + 1}";

    private Variable<double>[] Run(Tape<double> tape, IReadOnlyList<Variable<double>> leaves)
    {
        Variable<double>[] values = new Variable<double>[Leaves.Count + Steps.Count];
        for (int i = 0; i < leaves.Count; i++)
            values[i] = leaves[i];
        for (int i = 0; i < Steps.Count; i++)
            values[Leaves.Count + i] = Steps[i].Use.Compute(tape, [.. Steps[i].Inputs.Select(place => values[place])]);
        return values;
    }

    private bool IsInDomain(Variable<double>[] values)
    {
        foreach (ProgramStep step in Steps)
        {
            for (int i = 0; i < step.Inputs.Length; i++)
            {
                if (!Suits(values[step.Inputs[i]].Value, step.Domains[i]))
                    return false;
            }
        }

        return Array.TrueForAll(values, value => value.Shape.Count <= MaxEntries && !value.Value.Exists(entry => !double.IsFinite(entry), Zeros.Include));
    }

    public static bool Suits(Matrix<double> value, Domain domain) => !value.Exists(entry => !domain.Contains(entry), Zeros.Include);

    public static bool IsTooLarge(double value) => !(Math.Abs(value) <= LargestValue);
}
