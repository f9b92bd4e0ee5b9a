using System.Numerics;
using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Finds the parameters that a function takes from the tape without their being named: those of a layer that it captured.</summary>
internal static class UnnamedParameters
{
    /// <summary>The function with all parameters that it uses.</summary>
    /// <exception cref="ArgumentException">The function in float uses other parameters than that in double.</exception>
    public static CheckedFunction Find(CheckedFunction function, IReadOnlyList<Matrix<double>> inputs)
    {
        Parameter<double>[] found = [.. UsedBy(function.Compute, inputs).Except(function.Parameters)];
        if (found.Length == 0)
            return function;
        Parameter<float>[] single = function.ComputeSingle is null ? [] : [.. UsedBy(function.ComputeSingle, inputs).Except(function.SingleParameters)];
        if (function.ComputeSingle is not null && !found.Select(parameter => parameter.Shape).SequenceEqual(single.Select(parameter => parameter.Shape)))
        {
            throw new ArgumentException(
                $"'{function.Name}' uses the parameters [{string.Join(", ", found.AsEnumerable())}] in double and [{string.Join(", ", single.AsEnumerable())}] in float, "
                + "so they cannot be matched: name both with CheckedFunction.WithParameters.");
        }

        return function.WithFound(found, single);
    }

    /// <summary>What the function takes from a tape that records.</summary>
    public static IReadOnlyCollection<Parameter<T>> UsedBy<T>(TapeFunction<T> function, IReadOnlyList<Matrix<double>> inputs)
        where T : struct, IFloatingPointIeee754<T>
    {
        using Tape<T> tape = new();
        function(tape, [.. inputs.Select(input => tape.Variable(Matrix<T>.Build.Dense(input.RowCount, input.ColumnCount, Array.ConvertAll(input.ToColumnMajorArray(), T.CreateTruncating))))]);
        return [.. tape.Parameters];
    }
}
