using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

/// <summary>A plain check of a layer's gradients, first and second order, against central differences in double with random cotangents.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    public static Matrix<double> Random(int rows, int columns, long seed)
    {
        RandomSource random = new(seed);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextNormal());
    }

    /// <summary>Checks d(cotangent · layer(x)) by x and each parameter, then d(direction · that gradient by x) by x.</summary>
    public static void Check(Layer<double> layer, int rows, int columns, long seed)
    {
        Matrix<double> x = Random(rows, columns, seed), direction = Random(rows, columns, seed + 1);
        Matrix<double> cotangent = Random(rows, layer.OutputColumns(columns), seed + 2);
        ulong[] start = [.. layer.NamedCounters().Select(counter => counter.Value)];

        Compare(layer, start, x, value => First(layer, value, cotangent).Gradient, value => First(layer, value, cotangent).Value, "dx");
        foreach (Parameter<double> parameter in layer.Parameters)
        {
            Matrix<double> old = parameter.Value.Clone();
            Compare(
                layer,
                start,
                old,
                value => ByParameter(layer, parameter, value, x, cotangent).Gradient,
                value => ByParameter(layer, parameter, value, x, cotangent).Value,
                parameter.Name);
            parameter.Assign(old);
        }

        Compare(layer, start, x, value => Second(layer, value, cotangent, direction).Gradient, value => Second(layer, value, cotangent, direction).Value, "second order");
    }

    private static void Compare(
        Layer<double> layer,
        ulong[] start,
        Matrix<double> x,
        Func<Matrix<double>, Matrix<double>> gradient,
        Func<Matrix<double>, double> value,
        string what)
    {
        Matrix<double> exact = Again(gradient, x);
        for (int i = 0; i < x.RowCount; i++)
        {
            for (int j = 0; j < x.ColumnCount; j++)
            {
                double numeric = (Again(value, Moved(x, i, j, Step)) - Again(value, Moved(x, i, j, -Step))) / (2 * Step);
                Assert.True(
                    Math.Abs(numeric - exact[i, j]) < 1e-6 * (1 + Math.Abs(numeric)),
                    $"{layer.Description}, {what} [{i},{j}]: {exact[i, j]:R} on the tape, {numeric:R} by differences");
            }
        }

        // Every evaluation starts from the same random states.
        TResult Again<TResult>(Func<Matrix<double>, TResult> function, Matrix<double> at)
        {
            foreach ((NamedCounter counter, ulong state) in layer.NamedCounters().Zip(start))
                counter.Value = state;
            return function(at);
        }
    }

    private static Matrix<double> Moved(Matrix<double> x, int i, int j, double by)
    {
        Matrix<double> moved = x.Clone();
        moved[i, j] += by;
        return moved;
    }

    private static (double Value, Matrix<double> Gradient) First(Layer<double> layer, Matrix<double> value, Matrix<double> cotangent)
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(value);
        Variable<double> y = (layer.Forward(x) * tape.Constant(cotangent)).Sum();
        return (y.Scalar, tape.Gradient(y, x).Value.Clone());
    }

    private static (double Value, Matrix<double> Gradient) ByParameter(
        Layer<double> layer, Parameter<double> parameter, Matrix<double> value, Matrix<double> x, Matrix<double> cotangent)
    {
        parameter.Assign(value);
        using Tape<double> tape = new();
        Variable<double> y = (layer.Forward(tape.Constant(x)) * tape.Constant(cotangent)).Sum();
        return (y.Scalar, tape.Gradients(y, [parameter])[0].Value.Clone());
    }

    private static (double Value, Matrix<double> Gradient) Second(Layer<double> layer, Matrix<double> value, Matrix<double> cotangent, Matrix<double> direction)
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(value);
        Variable<double> y = (layer.Forward(x) * tape.Constant(cotangent)).Sum();
        Variable<double> slope = (tape.Gradient(y, x, createGraph: true) * tape.Constant(direction)).Sum();
        return (slope.Scalar, slope.NeedsGradient ? tape.Gradient(slope, x).Value.Clone() : Matrix<double>.Build.Dense(value.RowCount, value.ColumnCount));
    }
}
