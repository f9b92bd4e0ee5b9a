using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>For each two inputs of one shape: the same variable in both places gets the sum of both gradients, and that sum is the derivative.</summary>
internal sealed class SameVariableCheck : ICheck
{
    public CheckKind Kind => CheckKind.SameVariable;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        CheckResult result = CheckResult.Pass(Kind);
        for (int second = 1; second < context.InputShapes.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                if (context.InputShapes[first] != context.InputShapes[second])
                    continue;
                CheckResult pair = Pair(context, random, first, second);
                if (pair.Outcome == CheckOutcome.Failed)
                    return pair with { Detail = $"With the same variable as input {first + 1} and {second + 1}: {pair.Detail}" };
                result = result with { Ratio = Math.Max(result.Ratio, pair.Ratio), MetKink = result.MetKink || pair.MetKink };
            }
        }

        return result;
    }

    private CheckResult Pair(CheckContext context, RandomSource random, int first, int second)
    {
        double[][] apart = Point.Clone(context.At), shared = [.. apart.Where((_, s) => s != second)];
        (apart[first], shared[first]) = (context.At[second], context.At[second]);
        if (!context.Bench.Evaluate(apart).IsFinite)
            return CheckResult.Pass(Kind);
        double[] cotangent = context.Cotangent(random);
        double[][] separate = context.Bench.Vjp(apart, cotangent);
        for (int i = 0; i < separate[first].Length; i++)
            separate[first][i] += separate[second][i];
        using Workbench<double> bench = SharedBench(context, first, second);
        Slot[] slots = [.. context.Slots.Where((_, s) => s != second)];
        CheckResult sum = Closeness.Compare(
            Kind, slots, bench.Vjp(shared, cotangent), [.. separate.Where((_, s) => s != second)], "the gradient is not the sum of both");
        if (sum.Outcome == CheckOutcome.Failed)
            return sum;
        CheckResult derivative = new DerivativeComparison(new FirstOrder(bench, slots, shared), context.Options, Kind).Run(random);

        // A point that the caller did not choose may be outside of the domain: only a definite error counts.
        return derivative.Outcome == CheckOutcome.Failed ? derivative : sum with { Ratio = Math.Max(sum.Ratio, derivative.Ratio), MetKink = derivative.MetKink };
    }

    private static Workbench<double> SharedBench(CheckContext context, int first, int second)
    {
        return new(Shared, [.. context.InputShapes.Where((_, i) => i != second)], context.Function.Parameters);

        Variable<double> Shared(Tape<double> tape, IReadOnlyList<Variable<double>> x) =>
            context.Function.Compute(tape, [.. x.Take(second), x[first], .. x.Skip(second)]);
    }
}
