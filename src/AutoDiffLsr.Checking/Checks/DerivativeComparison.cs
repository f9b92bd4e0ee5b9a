using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>A VJP against the numerical derivative, along random directions that move everything at once.</summary>
/// <param name="problem">The function and its VJP.</param>
/// <param name="options">How to compare.</param>
/// <param name="kind">What the result is called.</param>
/// <param name="jumpIsKinkBelow">
/// Whether the function is a gradient that jumps along a direction because the function below has a kink there; null where the function is not a gradient.
/// </param>
internal sealed class DerivativeComparison(Problem problem, CheckOptions options, CheckKind kind, Func<double[][], bool>? jumpIsKinkBelow = null)
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
        if (new NotFiniteGradient(problem, options, kind).Judge(gradient, weights) is { } notFinite)
            return notFinite;
        if (Jump.Find(problem, center, direction) is { } jump)
            return AtJump(line, random, direction, jump);
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
        options.Kinks == KinkPolicy.Skip ? Kink() : Subgradients(line, random, jumpsAreExpected: jumpIsKinkBelow is not null) with { MetKink = true };

    /// <summary>There is no derivative to compare with, so nothing is confirmed; but a slope that fits neither side is wrong.</summary>
    private CheckResult AtJump(LineDerivative line, RandomSource random, double[][] direction, Jump jump)
    {
        bool isExpected = jumpIsKinkBelow?.Invoke(direction) == true;
        CheckResult slopes = options.Kinks == KinkPolicy.Skip ? Kink() : Subgradients(line, random, isExpected) with { MetKink = isExpected };
        return isExpected || slopes.Outcome == CheckOutcome.Failed ? slopes : CheckResult.Uncertain(
            kind,
            $"The function jumps at this point, so it has no derivative there: {problem.OutputEntry(jump.Output)} is {jump.Value:G9}, and {jump.Limit:G9} just beside. Move the inputs off the jump.");
    }

    private CheckResult Subgradients(LineDerivative line, RandomSource random, bool jumpsAreExpected)
    {
        CheckResult slopes = new Subgradients(problem, line, options, kind, jumpsAreExpected).Check(random, center);
        return jumpIsKinkBelow is not null && slopes.Outcome == CheckOutcome.Passed ? Kink() : slopes;
    }

    private CheckResult Kink() => new(kind, CheckOutcome.Kink, 0, "The point is on a kink: there is no derivative to compare with.") { MetKink = true };

    private static string Uncertainty(Comparison compared) => compared.Status == LineStatus.NotFinite
        ? "The function is not finite close to the point, so there is no numerical derivative: move the inputs into the domain."
        : $"The numerical derivative {compared.Numeric.Value:G9} ± {compared.Numeric.Error:G3} is too uncertain to confirm the analytic {compared.Analytic:G9}: "
            + "the function loses too many digits here, or changes too fast.";

    private static CheckResult Worse(CheckResult a, CheckResult b) =>
        b.Outcome != CheckOutcome.Passed || b.MetKink ? b : a with { Ratio = Math.Max(a.Ratio, b.Ratio) };
}
