using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>A VJP against the numerical derivative, along random directions that move everything at once.</summary>
internal sealed class DerivativeComparison(Problem problem, CheckOptions options, CheckKind kind)
{
    private readonly Sample center = problem.EvaluateAt();

    public CheckResult Run(RandomSource random)
    {
        LineDerivative line = new(problem, center, options);
        CheckResult result = CheckResult.Pass(kind);
        for (int i = 0; i < options.Directions && result.Outcome == CheckOutcome.Passed && !result.MetKink; i++)
        {
            double[] weights = Draws.Vector(random, center.Outputs.Length);
            double[][] direction = Draws.Direction(random, problem.At);
            result = Worse(result, Along(line, random, direction, weights));
        }

        return result;
    }

    private CheckResult Along(LineDerivative line, RandomSource random, double[][] direction, double[] weights)
    {
        double[][] gradient = problem.Vjp(weights);
        if (NotFinite(gradient) is { } where)
            return CheckResult.Fail(kind, double.PositiveInfinity, where);
        Comparison compared = Comparison.Of(line, options, direction, weights, gradient);
        bool isKink = compared.Status == LineStatus.Kink
            || ((compared.IsWrong || compared.IsInconclusive) && SlopeGap.ShowsKink(problem, center, direction, weights));
        if (isKink)
            return AtKink(line, random);
        if (compared.IsWrong)
            return CheckResult.Fail(kind, compared.Ratio, new Diagnosis(problem, line, options, weights, gradient).Explain(compared));
        return compared.IsInconclusive
            ? CheckResult.Uncertain(kind, Uncertainty(compared))
            : CheckResult.Pass(kind, compared.Ratio);
    }

    private CheckResult AtKink(LineDerivative line, RandomSource random) =>
        options.Kinks == KinkPolicy.Skip || kind == CheckKind.SecondOrder
            ? new CheckResult(kind, CheckOutcome.Kink, 0, "The point is on a kink: there is no derivative to compare with.") { MetKink = true }
            : new Subgradients(problem, line, options, kind).Check(random, center) with { MetKink = true };

    private string? NotFinite(double[][] gradient)
    {
        for (int s = 0; s < gradient.Length; s++)
        {
            int index = Array.FindIndex(gradient[s], value => !double.IsFinite(value));
            if (index >= 0)
                return $"The gradient for {problem.Slots[s].Name} is {gradient[s][index]} at entry {problem.Slots[s].Entry(index)}.";
        }

        return null;
    }

    private static string Uncertainty(Comparison compared) => compared.Status == LineStatus.NotFinite
        ? "The function is not finite close to the point, so there is no numerical derivative: move the inputs into the domain."
        : $"The numerical derivative {compared.Numeric.Value:G9} ± {compared.Numeric.Error:G3} is too uncertain to confirm the analytic {compared.Analytic:G9}: "
            + "the function loses too many digits here, or changes too fast.";

    private static CheckResult Worse(CheckResult a, CheckResult b) =>
        b.Outcome != CheckOutcome.Passed || b.MetKink ? b : a with { Ratio = Math.Max(a.Ratio, b.Ratio) };
}
