using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>What every check is given: the function, the point, and a tape to run it on.</summary>
internal sealed class CheckContext : IDisposable
{
    public CheckContext(CheckedFunction function, IReadOnlyList<Matrix<double>> inputs, CheckOptions options)
    {
        (Function, Options) = (function, options);
        InputShapes = [.. inputs.Select(input => new Shape(input.RowCount, input.ColumnCount))];
        Slots =
        [
            .. InputShapes.Select((shape, i) => new Slot($"input {i + 1}", shape)),
            .. ParameterSlots(function),
        ];
        At = [.. inputs.Select(input => input.ToColumnMajorArray()), .. function.Parameters.Select(parameter => parameter.Value.ToColumnMajorArray())];
        Bench = new(function.Compute, InputShapes, function.Parameters);
    }

    public CheckedFunction Function { get; }

    public CheckOptions Options { get; }

    public IReadOnlyList<Shape> InputShapes { get; }

    public IReadOnlyList<Slot> Slots { get; }

    /// <summary>The point: the entries of every input, then of every parameter.</summary>
    public double[][] At { get; }

    public Workbench<double> Bench { get; }

    /// <summary>Whether the derivative check found the point on a kink.</summary>
    public bool IsOnKink { get; set; }

    /// <summary>Whether the derivative check found the point on a kink that no operation noted as a tie: within rounding, either side is right.</summary>
    public bool IsOnSilentKink { get; set; }

    public int OutputCount => Bench.OutputShape.Count;

    public double[] Cotangent(RandomSource random) => Draws.Vector(random, OutputCount);

    public void Dispose()
    {
        Bench.Dispose();
        Function.Restore();
    }

    /// <summary>One for each parameter; of several with one name the later ones are counted.</summary>
    private static IEnumerable<Slot> ParameterSlots(CheckedFunction function)
    {
        Dictionary<string, int> uses = [];
        foreach (Parameter<double> parameter in function.Parameters)
        {
            string name = function.ParameterNames.GetValueOrDefault(parameter, parameter.Name);
            int use = uses[name] = uses.GetValueOrDefault(name) + 1;
            yield return new Slot($"parameter '{name}'{(use > 1 ? $" ({use})" : "")}", parameter.Shape);
        }
    }
}
