using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Constants get no gradient and change no other.</summary>
internal sealed class ConstantsCheck : ICheck
{
    public CheckKind Kind => CheckKind.Constants;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        // A function that takes gradients by its own inputs has no use for a constant one.
        if (context.Bench.AsksForGradients(context.At))
            return CheckResult.Pass(Kind);
        int count = context.InputShapes.Count;
        double[] cotangent = context.Cotangent(random);
        double[][] full = context.Bench.Vjp(context.At, cotangent);
        if (context.Slots.Count == count && RecordsOfConstantsOnly(context))
            return CheckResult.Fail(Kind, double.PositiveInfinity, "With constant inputs only, the result still has a gradient: it is recorded, though nothing on the record can change it.");
        CheckResult result = CheckResult.Pass(Kind);
        for (int constant = 0; constant < count && context.Slots.Count > 1; constant++)
        {
            CheckResult one = Without(context, constant, cotangent, full);
            if (one.Outcome == CheckOutcome.Failed)
                return one;
            result = result with { Ratio = Math.Max(result.Ratio, one.Ratio) };
        }

        return result;
    }

    private static bool RecordsOfConstantsOnly(CheckContext context)
    {
        context.Bench.Start(context.At);
        return context.Bench.Apply(context.Bench.PutInputs(constant: _ => true)).NeedsGradient;
    }

    private CheckResult Without(CheckContext context, int constant, double[] cotangent, double[][] full)
    {
        Workbench<double> bench = context.Bench;
        bench.Start(context.At);
        Variable<double>[] x = bench.PutInputs(i => i == constant);
        Variable<double> y = bench.Apply(x);
        Slot[] others = [.. context.Slots.Where((_, s) => s != constant)];
        double[][] expected = [.. full.Where((_, s) => s != constant)];
        if (!y.NeedsGradient)
        {
            return Array.TrueForAll(expected, gradient => Array.TrueForAll(gradient, value => value == 0))
                ? CheckResult.Pass(Kind)
                : CheckResult.Fail(Kind, double.PositiveInfinity, $"With {context.Slots[constant].Name} constant, the result has no gradient at all.");
        }

        Gradients<double> gradients = bench.Tape.Gradients(y, bench.WithParameters(x.Where((_, i) => i != constant)), cotangent: bench.Cotangent(cotangent, y.Shape));
        return Closeness.Compare(Kind, others, Workbench<double>.Doubles(gradients), expected, $"With {context.Slots[constant].Name} constant, another gradient changes");
    }
}
