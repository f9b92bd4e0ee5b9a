using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using AutoDiffLsr.SelfCheck.Table;
using AutoDiffLsr.Tests.Checking.FsCheck;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.SelfCheck.Table;

/// <summary>No operation reads or returns memory that it has not written, whatever the pool holds and however empty the shapes are.</summary>
public sealed class MemoryTests
{
    public static TheoryData<string> Names => [.. OperationTable.Lines.Select(line => line.Name)];

    /// <summary>
    /// On a tape whose buffers are full of NaN the value, the gradients and the gradients of those have the bits that they have on a tape of fresh memory. Shapes with
    /// a side of 0 are among them: either they are right in the same way, or an ArgumentException refuses them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_gives_the_same_on_pools_full_of_NaN(string name)
    {
        OperationLine line = OperationTable.Lines.Single(line => line.Name == name);
        int compared = 0;
        for (int i = 0; i < 12; i++)
        {
            Shape[] drawn = line.Shapes.Sample(1, new Rnd((ulong)(Effort.Seed + i)), 1 + (8 * i))[0];
            foreach (Shape[] shapes in WithEmptySides(drawn).Prepend(drawn))
            {
                bool isEmpty = !ReferenceEquals(shapes, drawn);
                (FunctionUse Use, Matrix<double>[] Inputs)? subject = Draw(line, shapes, isEmpty, i);
                if (subject is not { } found)
                    continue;
                double[]? fresh = Compute(found.Use, found.Inputs, isSpoilt: false, isEmpty), spoilt = Compute(found.Use, found.Inputs, isSpoilt: true, isEmpty);
                Assert.True(fresh is null == spoilt is null, $"{name} of {string.Join(", ", shapes)} is refused on one tape only");
                if (fresh is null)
                    continue;
                Assert.True(fresh.AsSpan().SequenceEqual(spoilt), $"{name} of {string.Join(", ", shapes)}: [{string.Join(", ", fresh)}] on fresh memory, [{string.Join(", ", spoilt!)}] on NaN");
                compared++;
            }
        }

        Assert.InRange(compared, 12, int.MaxValue);
    }

    /// <summary>What a reduction of nothing is: the neutral element, or refused where there is none.</summary>
    [Fact]
    public void Nothing_reduces_to_the_neutral_element_or_is_refused()
    {
        using Tape<double> tape = new() { VerifyValues = true };
        Variable<double> rows = tape.Variable(Matrix<double>.Build.Dense(0, 2)), columns = tape.Variable(Matrix<double>.Build.Dense(2, 0));
        Assert.All(new[] { rows, columns }, x => Assert.Equal(0, x.Sum().Scalar));
        Assert.Equal([0, 0], rows.SumOverRows().Value.Enumerate());
        Assert.Equal([0, 0], columns.SumOverColumns().Value.Enumerate());
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], columns.LogSumExp().Value.Enumerate());
        Assert.Throws<ArgumentException>(() => rows.Max());
        Assert.Throws<ArgumentException>(() => columns.MaxOverColumns());
    }

    /// <summary>The shapes with every side of one length set to 0, for each length; what fitted each other still does.</summary>
    private static IEnumerable<Shape[]> WithEmptySides(Shape[] shapes) =>
        shapes.SelectMany(shape => new[] { shape.Rows, shape.Columns }).Distinct().Select(length => Array.ConvertAll(
            shapes, shape => new Shape(shape.Rows == length ? 0 : shape.Rows, shape.Columns == length ? 0 : shape.Columns)));

    private static (FunctionUse Use, Matrix<double>[] Inputs)? Draw(OperationLine line, Shape[] shapes, bool isEmpty, int seed)
    {
        try
        {
            Gen<FunctionUse>? uses = line.Use(shapes);
            if (uses is null)
                return null;
            Rnd random = new((ulong)(100 + seed));
            FunctionUse use = uses.Sample(1, random, 50)[0];
            return (use, [.. shapes.Select((shape, input) => Generators.Matrix(shape, line.Domains[input]).Sample(1, random, 50)[0])]);
        }
        catch (Exception error) when (isEmpty && error is not AccessViolationException)
        {
            // The table itself has no other arguments for such shapes: no label, no index.
            return null;
        }
    }

    /// <summary>Value, gradients and second gradients, one after the other; null where an ArgumentException refuses an empty shape.</summary>
    private static double[]? Compute(FunctionUse use, Matrix<double>[] inputs, bool isSpoilt, bool isEmpty)
    {
        using Tape<double> tape = new() { VerifyValues = isSpoilt };
        try
        {
            Variable<double>[] x = [.. inputs.Select(tape.Variable)];
            Variable<double> y = use.Compute(tape, x);
            Variable<double> dy = tape.Variable(Matrix<double>.Build.Dense(y.Rows, y.Columns, (i, j) => 1 + i - (0.5 * j)));
            List<double> numbers = [.. y.Value.Enumerate()];
            if (!y.NeedsGradient)
                return [.. numbers];
            Gradients<double> first = tape.Gradients(y, x, createGraph: true, cotangent: dy);
            for (int i = 0; i < x.Length; i++)
            {
                numbers.AddRange(first[i].Value.Enumerate());
                if (first[i].NeedsGradient)
                {
                    Gradients<double> second = tape.Gradients(first[i], [.. x, dy], cotangent: tape.Constant(first[i].Shape, 1));
                    numbers.AddRange(Enumerable.Range(0, second.Count).SelectMany(k => second[k].Value.Enumerate()));
                }
            }

            return [.. numbers];
        }
        catch (ArgumentException) when (isEmpty)
        {
            return null;
        }
    }
}
