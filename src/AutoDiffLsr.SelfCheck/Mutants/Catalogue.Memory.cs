using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Results in memory that is used again: right when they are returned, wrong when they are read.</content>
internal static partial class Catalogue
{
    private static IEnumerable<Mutant> Memory()
    {
        Matrix<double>? ofSquare = null, ofProduct = null;
        yield return One("square", "result in memory of the rule's own", x => x.Square(), (x, y, dy) => x.Tape.IsRecording ? 2 * x * dy : InOwnMemory(2 * x * dy, ref ofSquare));
        yield return Two("multiply", "result in memory of the rule's own", (a, b) => a * b, (a, b, y, dy) => a.Tape.IsRecording ? b * dy : InOwnMemory(b * dy, ref ofProduct), (a, b, y, dy) => a * dy);
    }

    /// <summary>The same numbers in a matrix that is kept, and written to at each call.</summary>
    private static V InOwnMemory(V result, ref Matrix<double>? memory)
    {
        if (memory?.RowCount != result.Rows || memory.ColumnCount != result.Columns)
            memory = Matrix<double>.Build.Dense(result.Rows, result.Columns);
        result.Value.CopyTo(memory);
        return result.Tape.Constant(memory);
    }
}
