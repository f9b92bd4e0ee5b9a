using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Runs a function and its gradient at points, on one tape, with its own copies of the inputs.</summary>
internal sealed class Workbench<T> : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly TapeFunction<T> function;
    private readonly Matrix<T>[] inputs;
    private readonly T[][] inputData;
    private readonly IReadOnlyList<Parameter<T>> parameters;
    private readonly T[][] originals;
    private readonly BranchSignature branches = new();
    private bool? asksForGradients;

    public Workbench(TapeFunction<T> function, IReadOnlyList<Shape> inputShapes, IReadOnlyList<Parameter<T>> parameters)
    {
        this.function = function;
        this.parameters = parameters;
        inputs = [.. inputShapes.Select(shape => Matrix<T>.Build.Dense(shape.Rows, shape.Columns))];
        inputData = [.. inputs.Select(DataOf)];
        originals = [.. parameters.Select(parameter => DataOf(parameter.Value).ToArray())];
        Tape.Branches = branches;
    }

    public Tape<T> Tape { get; } = new();

    /// <summary>The shape of the result, once the function has run.</summary>
    public Shape OutputShape { get; private set; }

    public BranchSignature Branches => branches;

    /// <summary>Whether the function takes gradients of its own, as a gradient penalty does: it needs a tape that records, even to give its value.</summary>
    public bool AsksForGradients(double[][] point) => asksForGradients ??= !RunsUnrecorded(point);

    /// <summary>Computes the function, recording it where it takes gradients of its own.</summary>
    public Sample Evaluate(double[][] point, bool recording = false)
    {
        bool records = recording || AsksForGradients(point);
        Start(point);
        using RecordingScope<T>? off = records ? null : Tape.NoRecording();
        Variable<T> y = Apply(PutInputs());
        OutputShape = y.Shape;
        return new(Doubles(y), branches.Hash, branches.Ties);
    }

    /// <summary>The gradients of ⟨cotangent, f⟩ for all inputs, then all parameters.</summary>
    public double[][] Vjp(double[][] point, double[] cotangent, bool createGraph = false)
    {
        Start(point);
        Variable<T>[] x = PutInputs();
        Variable<T> y = Apply(x);
        Gradients<T> gradients = Tape.Gradients(y, WithParameters(x), createGraph, Cotangent(cotangent, y.Shape));
        return Doubles(gradients);
    }

    /// <summary>The gradients of ⟨weights, VJP(inputs, cotangent)⟩ for all inputs, all parameters and the cotangent.</summary>
    public double[][] VjpOfVjp(double[][] point, double[] cotangent, double[][] weights)
    {
        Start(point);
        Variable<T>[] x = PutInputs();
        Variable<T> y = Apply(x), v = Tape.Variable(Column(cotangent, y.Shape));
        Variable<T>[] wrt = WithParameters(x);
        Gradients<T> first = Tape.Gradients(y, wrt, createGraph: true, cotangent: v);
        Variable<T> sum = Tape.Constant(T.Zero);
        for (int s = 0; s < wrt.Length; s++)
            sum += (first[s] * Tape.Constant(Column(weights[s], wrt[s].Shape))).Sum();
        return Doubles(Tape.Gradients(sum, [.. wrt, v]));
    }

    /// <summary>Puts a point's numbers into the inputs and parameters, and empties the tape.</summary>
    public void Start(double[][] point)
    {
        for (int i = 0; i < inputData.Length; i++)
            Round(point[i], inputData[i]);
        for (int i = 0; i < parameters.Count; i++)
            Round(point[inputData.Length + i], parameters[i].Update());
        Tape.Reset();
        branches.Clear();
    }

    /// <summary>The inputs on the tape, as variables unless <paramref name="constant"/> says otherwise.</summary>
    public Variable<T>[] PutInputs(Func<int, bool>? constant = null) =>
        [.. inputs.Select((input, i) => constant?.Invoke(i) == true ? Tape.Constant(input) : Tape.Variable(input))];

    /// <summary>The function on the tape.</summary>
    public Variable<T> Apply(Variable<T>[] x)
    {
        Variable<T> y = function(Tape, x);
        return y == default ? throw new InvalidOperationException("The function returned no variable: default is no variable.") : y;
    }

    /// <summary>Variables and, after them, the parameters.</summary>
    public Variable<T>[] WithParameters(IEnumerable<Variable<T>> x) => [.. x, .. parameters.Select(Tape.Parameter)];

    /// <summary>What inputs and parameters hold now.</summary>
    public double[][] Current() => [.. inputData.Select(Doubles), .. parameters.Select(parameter => Doubles(DataOf(parameter.Value)))];

    public Variable<T> Cotangent(double[] cotangent, Shape shape) => Tape.Constant(Column(cotangent, shape));

    public static double[][] Doubles(Gradients<T> gradients)
    {
        double[][] result = new double[gradients.Count][];
        for (int s = 0; s < result.Length; s++)
            result[s] = Doubles(gradients[s]);
        return result;
    }

    public static double[] Doubles(Variable<T> variable) => Doubles(DataOf(variable.Value));

    /// <summary>Gives the parameters back the values that they had.</summary>
    public void Dispose()
    {
        Tape.Dispose();
        for (int i = 0; i < parameters.Count; i++)
            originals[i].CopyTo(parameters[i].Update());
    }

    /// <summary>What a function throws for another reason, it throws while recording as well.</summary>
    private bool RunsUnrecorded(double[][] point)
    {
        Start(point);
        try
        {
            using RecordingScope<T> off = Tape.NoRecording();
            Apply(PutInputs());
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static Matrix<T> Column(double[] values, Shape shape)
    {
        T[] data = new T[values.Length];
        Round(values, data);
        return Matrix<T>.Build.Dense(shape.Rows, shape.Columns, data);
    }

    private static void Round(double[] from, Span<T> to)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = T.CreateTruncating(from[i]);
    }

    private static double[] Doubles(T[] values) => Array.ConvertAll(values, double.CreateTruncating);

    private static T[] DataOf(Matrix<T> matrix) => ((DenseColumnMajorMatrixStorage<T>)matrix.Storage).Data;
}
