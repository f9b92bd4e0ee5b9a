using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>
/// Whether what a rule returned is still the same after the next rule has run. The function is used at two points in one sweep, in both orders, while memory that
/// is given back is overwritten: a result in memory that the rule uses again, or that somebody else owns, does not survive that.
/// </summary>
internal static class Survival
{
    public static CheckResult Check(CheckKind kind, CheckContext context, double[] cotangent, double[][] alone)
    {
        // A function of parameters alone has no other point to be used at.
        if (context.InputShapes.Count == 0)
            return CheckResult.Pass(kind);
        foreach (bool isFirst in new[] { true, false })
        {
            CheckResult result = Beside(kind, context, cotangent, alone, isFirst);
            if (result.Outcome == CheckOutcome.Failed)
                return result;
        }

        return CheckResult.Pass(kind);
    }

    private static CheckResult Beside(CheckKind kind, CheckContext context, double[] cotangent, double[][] alone, bool isFirst)
    {
        Workbench<double> bench = context.Bench;
        bench.Start(context.At);
        Variable<double>[] x = bench.PutInputs();
        bool verifies = bench.Tape.VerifyValues;
        bench.Tape.VerifyValues = true;
        try
        {
            Variable<double>[] elsewhere = [.. x.Select(variable => bench.Tape.Variable(variable.Value * 0.875))];
            Variable<double> first = bench.Apply(isFirst ? x : elsewhere), second = bench.Apply(isFirst ? elsewhere : x);
            Gradients<double> gradients = bench.Tape.Gradients(first + second, [.. x, .. elsewhere], cotangent: bench.Cotangent(cotangent, first.Shape));
            double[][] beside = [.. Workbench<double>.Doubles(gradients).Take(x.Length)];
            return Closeness.Compare(
                kind, [.. context.Slots.Take(x.Length)], beside, [.. alone.Take(x.Length)], "The gradient of f(x) changes when f is used at another point in the same sweep: the memory of a rule's result has another user");
        }
        catch (InvalidOperationException fault)
        {
            return CheckResult.Fail(kind, double.PositiveInfinity, fault.Message);
        }
        finally
        {
            bench.Tape.VerifyValues = verifies;
        }
    }
}
