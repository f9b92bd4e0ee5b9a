using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>An output whose limit on one side of a line is another number than its value: there is no derivative at such a point.</summary>
/// <param name="Output">The place of the output.</param>
/// <param name="Value">Its value at the point.</param>
/// <param name="Limit">Its limit on the side.</param>
/// <param name="IsOnRight">Whether the side is that of positive steps along the line.</param>
internal readonly record struct Jump(int Output, double Value, double Limit, bool IsOnRight)
{
    private const double Step = 1e-6, Ratio = 64, Agreement = 0.5;

    /// <summary>A smaller jump than this share of 1 and of the value is taken for rounding.</summary>
    private const double Visible = 1e-9;

    private const double RoundingFactor = 64;

    /// <summary>The first output found that jumps along a direction, or null.</summary>
    /// <remarks>
    /// With d(h) = f(x + h·u) - f(x), the limit of d is estimated from two steps by taking out what is proportional to h. Of a continuous function the estimate
    /// vanishes with the steps; of one that jumps it stays.
    /// </remarks>
    public static Jump? Find(Problem problem, Sample center, double[][] direction)
    {
        double[][] point = Point.Zeros(problem.At);
        return On(1) ?? On(-1);

        Jump? On(int sign)
        {
            Sample closest = At(sign * Step / (Ratio * Ratio));
            if (!closest.IsFinite || !Array.Exists(Suspects(closest), suspect => suspect))
                return null;
            Sample far = At(sign * Step), close = At(sign * Step / Ratio);
            return far.IsFinite && close.IsFinite ? Among(Suspects(closest), far, close, closest, sign) : null;
        }

        Sample At(double t)
        {
            Point.Move(problem.At, direction, t, point);
            return problem.Near(point);
        }

        bool[] Suspects(Sample closest) => [.. closest.Outputs.Select((value, o) => Math.Abs(value - center.Outputs[o]) > Threshold(center.Outputs[o]))];

        Jump? Among(bool[] suspects, Sample far, Sample close, Sample closest, int sign)
        {
            for (int o = 0; o < suspects.Length; o++)
            {
                double value = center.Outputs[o], largest = far.Outputs[o] - value;
                double first = AtZero(largest, close.Outputs[o] - value), second = AtZero(close.Outputs[o] - value, closest.Outputs[o] - value);
                double rounding = RoundingFactor * Rounding.Double * Math.Abs(largest) / Step;
                bool stays = Math.Abs(second - first) <= Agreement * Math.Max(Math.Abs(first), Math.Abs(second));
                if (suspects[o] && stays && Math.Min(Math.Abs(first), Math.Abs(second)) > Threshold(value) + rounding)
                    return new(o, value, value + second, sign > 0);
            }

            return null;
        }
    }

    private static double Threshold(double value) => Visible * (1 + Math.Abs(value));

    private static double AtZero(double atStep, double atSmallerStep) => ((Ratio * atSmallerStep) - atStep) / (Ratio - 1);
}
