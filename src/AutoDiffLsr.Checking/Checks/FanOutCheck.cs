using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Several uses on one tape: their gradients add up, a later use at another point leaves an earlier one alone, and a rule's result survives the next use of memory.</summary>
internal sealed class FanOutCheck : ICheck
{
    public CheckKind Kind => CheckKind.FanOut;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        double[] cotangent = context.Cotangent(random);
        double[][] once = context.Bench.Vjp(context.At, cotangent);
        CheckResult twice = Closeness.Compare(Kind, context.Slots, Twice(context, cotangent), Doubled(once), "The gradient of f(x) + f(x) is not twice that of f(x)");
        if (twice.Outcome == CheckOutcome.Failed)
            return twice;
        CheckResult beside = Closeness.Compare(
            Kind, context.Slots, BesideAnother(context, cotangent), once, "The gradient of f(x) changes when f is used at another point before the sweep");
        return beside.Outcome == CheckOutcome.Failed ? beside : Survival.Check(Kind, context, cotangent, once);
    }

    private static double[][] Twice(CheckContext context, double[] cotangent)
    {
        Workbench<double> bench = context.Bench;
        bench.Start(context.At);
        Variable<double>[] x = bench.PutInputs();
        Variable<double> y = bench.Apply(x) + bench.Apply(x);
        return Workbench<double>.Doubles(bench.Tape.Gradients(y, bench.WithParameters(x), cotangent: bench.Cotangent(cotangent, y.Shape)));
    }

    private static double[][] BesideAnother(CheckContext context, double[] cotangent)
    {
        Workbench<double> bench = context.Bench;
        bench.Start(context.At);
        Variable<double>[] x = bench.PutInputs();
        Variable<double> y = bench.Apply(x);
        Variable<double>[] elsewhere = [.. x.Select(variable => bench.Tape.Variable(variable.Value * 0.875))];
        bench.Apply(elsewhere);
        return Workbench<double>.Doubles(bench.Tape.Gradients(y, bench.WithParameters(x), cotangent: bench.Cotangent(cotangent, y.Shape)));
    }

    private static double[][] Doubled(double[][] gradient) => [.. gradient.Select(slot => Array.ConvertAll(slot, value => 2 * value))];
}
