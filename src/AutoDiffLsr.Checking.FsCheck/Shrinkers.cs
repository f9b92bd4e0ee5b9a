using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>
/// Smaller inputs, for several matrices at once so that shapes go on fitting: rows and columns go first, then entries move towards ±1 and ±½. Never
/// towards 0, where kinks are: a minimal counterexample should show the error, not the kink.
/// </summary>
public static class Shrinkers
{
    private static readonly double[] Simple = [1, -1, 0.5, -0.5];

    /// <summary>All smaller inputs, the most promising first. Some shapes may no longer suit the function: try, and leave those out.</summary>
    /// <returns>The smaller ones.</returns>
    public static IEnumerable<Matrix<double>[]> Joint(IReadOnlyList<Matrix<double>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Sides(inputs).SelectMany(length => Enumerable.Range(0, length).Select(index => DropSide(inputs, length, index))).Concat(Values(inputs));
    }

    /// <summary>The lengths of sides that can be cut, each once, the longest first.</summary>
    /// <returns>Lengths above 1.</returns>
    public static IEnumerable<int> Sides(IReadOnlyList<Matrix<double>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.SelectMany(input => new[] { input.RowCount, input.ColumnCount }).Where(length => length > 1).Distinct().OrderDescending();
    }

    /// <summary>Without one place of every side of a length: sides that fit before fit after.</summary>
    /// <param name="length">The length of the sides to cut.</param>
    /// <param name="index">The place, counted from 0.</param>
    /// <returns>The cut inputs.</returns>
    public static Matrix<double>[] DropSide(IReadOnlyList<Matrix<double>> inputs, int length, int index) =>
        [.. inputs.Select(input =>
        {
            Matrix<double> cut = input.RowCount == length ? input.RemoveRow(index) : input;
            return input.ColumnCount == length ? cut.RemoveColumn(index) : cut;
        })];

    /// <summary>With simpler entries, shapes unchanged. Equal entries move together first, so that ties last.</summary>
    /// <returns>The simpler inputs.</returns>
    public static IEnumerable<Matrix<double>[]> Values(IReadOnlyList<Matrix<double>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (double value in inputs.SelectMany(input => input.Enumerate()).Distinct())
        {
            foreach (double simpler in Simpler(value))
                yield return [.. inputs.Select(input => input.Map(entry => entry == value ? simpler : entry, Zeros.Include))];
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            foreach (Matrix<double> changed in Entries(inputs[i]))
                yield return [.. inputs.Take(i), changed, .. inputs.Skip(i + 1)];
        }
    }

    private static IEnumerable<Matrix<double>> Entries(Matrix<double> input)
    {
        for (int row = 0; row < input.RowCount; row++)
        {
            for (int column = 0; column < input.ColumnCount; column++)
            {
                foreach (double simpler in Simpler(input[row, column]))
                {
                    Matrix<double> changed = input.Clone();
                    changed[row, column] = simpler;
                    yield return changed;
                }
            }
        }
    }

    /// <summary>The simple numbers that are simpler than a value, those of its sign first.</summary>
    private static IEnumerable<double> Simpler(double value)
    {
        int rank = Array.IndexOf(Simple, value);
        return Simple.Take(rank < 0 ? Simple.Length : rank).OrderBy(simple => Math.Sign(simple) == Math.Sign(value) ? 0 : 1);
    }
}
