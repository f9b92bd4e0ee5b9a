using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>A function at a point, as other libraries' checkers see one: its outputs anywhere, and its VJP at the point. A point is one array of numbers for each input.</summary>
internal abstract class Subject : IDisposable
{
    protected Subject(Shape[] shapes, double[][] at) => (Shapes, At) = (shapes, at);

    public double[][] At { get; }

    protected Shape[] Shapes { get; }

    protected Tape<double> Tape { get; } = new();

    /// <summary>A function at its inputs.</summary>
    public static FunctionSubject Of(TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs) =>
        new(function, [.. inputs.Select(input => new Shape(input.RowCount, input.ColumnCount))], [.. inputs.Select(input => input.ToColumnMajorArray())]);

    public abstract double[] Evaluate(double[][] point);

    /// <summary>The gradients of ⟨cotangent, outputs⟩ at the point, one for each input.</summary>
    public abstract double[][] Vjp(double[] cotangent);

    /// <summary>(f(x + h·u) - f(x - h·u)) / 2h for every output.</summary>
    public double[] CentralDifference(double[][] direction, double h)
    {
        double[] right = Evaluate(Moved(direction, h)), left = Evaluate(Moved(direction, -h));
        return [.. right.Zip(left, (r, l) => (r - l) / (2 * h))];
    }

    public void Dispose() => Tape.Dispose();

    protected Variable<double>[] Start(double[][] point)
    {
        Tape.Reset();
        return [.. Shapes.Select((shape, i) => Tape.Variable(Column(point[i], shape)))];
    }

    protected static Matrix<double> Column(double[] values, Shape shape) => Matrix<double>.Build.Dense(shape.Rows, shape.Columns, [.. values]);

    protected static double[] Numbers(Variable<double> variable) => variable.Value.ToColumnMajorArray();

    protected static double[][] Numbers(Gradients<double> gradients) => [.. Enumerable.Range(0, gradients.Count).Select(i => Numbers(gradients[i]))];

    private double[][] Moved(double[][] direction, double t) => [.. At.Select((slot, s) => slot.Select((value, i) => value + (t * direction[s][i])).ToArray())];
}
