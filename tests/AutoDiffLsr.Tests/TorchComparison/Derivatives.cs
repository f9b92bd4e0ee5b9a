using System.Text.Json.Nodes;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.TorchComparison;

/// <summary>The value of a function, its gradients ⟨cotangent, f⟩ for its inputs, and those of ⟨weights, gradients⟩ for inputs and cotangent.</summary>
internal sealed record Derivatives(Matrix<double> Value, Matrix<double>[] First, Matrix<double>[] Second)
{
    /// <summary>Computes all three on a tape, and adds to the question with which cotangent and weights.</summary>
    public static Derivatives Of(TapeFunctionOfInputs function, IReadOnlyList<Matrix<double>> inputs, RandomSource random, JsonObject question)
    {
        using Tape<double> tape = new();
        Variable<double>[] x = [.. inputs.Select(tape.Variable)];
        Variable<double> y = function(tape, x), v = tape.Variable(Draw(random, y.Rows, y.Columns));
        Matrix<double>[] weights = [.. inputs.Select(input => Draw(random, input.RowCount, input.ColumnCount))];
        question["cotangent"] = TorchReference.Rows(v.Value);
        question["weights"] = new JsonArray([.. weights.Select(TorchReference.Rows)]);
        Gradients<double> first = tape.Gradients(y, x, createGraph: true, cotangent: v);
        Variable<double> total = tape.Constant(0.0);
        for (int i = 0; i < x.Length; i++)
            total += (first[i] * tape.Constant(weights[i])).Sum();
        Gradients<double> second = tape.Gradients(total, [.. x, v]);
        return new(y.Value.Clone(), [.. x.Select((_, i) => first[i].Value.Clone())], [.. Enumerable.Range(0, second.Count).Select(i => second[i].Value.Clone())]);
    }

    /// <summary>The largest difference, relative to the largest entry of a matrix or to 1; infinite for NaN and for another shape.</summary>
    public double DifferenceTo(JsonNode answer) => new[]
    {
        Difference(Value, answer["value"]!),
        First.Select((matrix, i) => Difference(matrix, answer["first"]![i]!)).Max(),
        Second.Select((matrix, i) => Difference(matrix, answer["second"]![i]!)).Max(),
    }.Max();

    private static double Difference(Matrix<double> ours, JsonNode theirs)
    {
        Matrix<double> other = TorchReference.MatrixOf(theirs);
        if (other.RowCount != ours.RowCount || other.ColumnCount != ours.ColumnCount)
            return double.PositiveInfinity;
        double largest = Math.Max(1, other.Enumerate().Max(Math.Abs));
        double difference = (ours - other).Enumerate().Max(Math.Abs) / largest;
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static Matrix<double> Draw(RandomSource random, int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => (2 * random.NextDouble()) - 1);
}

/// <summary>A function of variables on a tape.</summary>
internal delegate Variable<double> TapeFunctionOfInputs(Tape<double> tape, IReadOnlyList<Variable<double>> inputs);
