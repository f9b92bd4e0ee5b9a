using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Finds the operation whose VJP throws: the first on the tape that a gradient cannot be taken of.</summary>
internal static class Culprit
{
    /// <summary>The name of the operation, or null if none throws by itself.</summary>
    public static string? Find(CheckContext context)
    {
        Workbench<double> bench = context.Bench;
        try
        {
            bench.Start(context.At);
            Variable<double>[] x = bench.PutInputs();
            bench.Apply(x);
            Variable<double>[] wrt = bench.WithParameters(x);
            TapeEntry<double>[] operations = [.. bench.Tape.Entries().Where(entry => entry.Inputs.Count > 0)];
            return operations.FirstOrDefault(operation => Throws(bench, operation.Variable, wrt, false) || Throws(bench, operation.Variable, wrt, true))?.Variable.Name;
        }
        catch (Exception exception) when (GradientCheck.IsOrdinary(exception))
        {
            return null;
        }
    }

    private static bool Throws(Workbench<double> bench, Variable<double> y, Variable<double>[] wrt, bool createGraph)
    {
        try
        {
            bench.Tape.Gradients(y, wrt, createGraph, bench.Tape.Constant(y.Shape, 1));
            return false;
        }
        catch (Exception exception) when (GradientCheck.IsOrdinary(exception))
        {
            return true;
        }
    }
}
