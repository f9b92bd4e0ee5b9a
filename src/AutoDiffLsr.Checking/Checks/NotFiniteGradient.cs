using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>A gradient with a NaN is wrong; one with an infinity is wrong where the function has a finite slope, and cannot be checked elsewhere.</summary>
internal sealed class NotFiniteGradient(Problem problem, CheckOptions options, CheckKind kind)
{
    /// <summary>A failure, an uncertainty, or null for a gradient of finite numbers.</summary>
    public CheckResult? Judge(double[][] gradient, double[] weights)
    {
        (int Slot, int Index)? infinite = null;
        for (int s = 0; s < gradient.Length; s++)
        {
            for (int i = 0; i < gradient[s].Length; i++)
            {
                if (double.IsNaN(gradient[s][i]))
                    return CheckResult.Fail(kind, double.PositiveInfinity, $"The gradient for {Name(s, i)} is NaN.");
                if (double.IsInfinity(gradient[s][i]))
                    infinite ??= (s, i);
            }
        }

        return infinite is { } at ? Infinite(gradient[at.Slot][at.Index], at.Slot, at.Index, weights) : null;
    }

    private CheckResult Infinite(double value, int slot, int index, double[] weights)
    {
        double[][] zeros = Point.Zeros(problem.At), direction = Point.Zeros(problem.At);
        direction[slot][index] = 1;
        LineDerivative line = new(problem, problem.EvaluateAt(), options);
        (LineStatus status, DerivativeEstimate numeric) = line.Central(line.StencilsOf(direction), weights, zeros);
        string what = $"The gradient for {Name(slot, index)} is {value}";
        if (status == LineStatus.NotFinite)
            return CheckResult.Uncertain(kind, $"{what}, and the function is not finite on both sides: the point is at the edge of its domain. Move the inputs inside.");
        bool isCertain = status == LineStatus.Smooth && options.ErrorFactor * numeric.Error <= options.InconclusiveAbove * Math.Max(1, Math.Abs(numeric.Value));
        return isCertain
            ? CheckResult.Fail(kind, double.PositiveInfinity, $"{what}, where the numerical derivative is {numeric.Value:G9} ± {numeric.Error:G2}.")
            : CheckResult.Uncertain(kind, $"{what}, and the numerical derivative does not settle either: the slope may be infinite here. Move the inputs away.");
    }

    private string Name(int slot, int index) => $"{problem.Slots[slot].Name}, entry {problem.Slots[slot].Entry(index)},";
}
