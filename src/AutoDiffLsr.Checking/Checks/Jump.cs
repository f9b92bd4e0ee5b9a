namespace AutoDiffLsr.Checking.Checks;

/// <summary>An output whose limit on one side of a line is another number than its value: there is no derivative at such a point.</summary>
/// <param name="Output">The place of the output.</param>
/// <param name="Value">Its value at the point.</param>
/// <param name="Limit">Its limit on the side.</param>
/// <param name="IsOnRight">Whether the side is that of positive steps along the line.</param>
internal readonly record struct Jump(int Output, double Value, double Limit, bool IsOnRight)
{
    private const double Ratio = 64, Agreement = 0.5, RoundingFactor = 64;

    /// <summary>The largest step and the smallest jump that counts, as multiples of the root of the rounding: 1e-6 and a share of 1e-9 in double.</summary>
    private const double StepFactor = 67, VisibleFactor = 0.067;

    /// <summary>The first output found that jumps along a direction, or null.</summary>
    /// <remarks>
    /// With d(h) = f(x + h·u) - f(x), the limit of d is estimated from two steps by taking out what is proportional to h. Of a continuous function the estimate
    /// vanishes with the steps; of one that jumps it stays.
    /// </remarks>
    public static Jump? Find(Problem problem, Sample center, double[][] direction)
    {
        double[][] point = Point.Zeros(problem.At);
        double root = Math.Sqrt(problem.Rounding), step = StepFactor * root;
        return On(1) ?? On(-1);

        Jump? On(int sign)
        {
            Sample closest = At(sign * step / (Ratio * Ratio));
            if (!closest.IsFinite || !Array.Exists(Suspects(closest), suspect => suspect))
                return null;
            Sample far = At(sign * step), close = At(sign * step / Ratio);
            return far.IsFinite && close.IsFinite ? Among(Suspects(closest), far, close, closest, sign) : null;
        }

        Sample At(double t)
        {
            Point.Move(problem.At, direction, t, point);
            return problem.Near(point);
        }

        double Threshold(double value) => VisibleFactor * root * (1 + Math.Abs(value));

        bool[] Suspects(Sample closest) => [.. closest.Outputs.Select((value, o) => Math.Abs(value - center.Outputs[o]) > Threshold(center.Outputs[o]))];

        Jump? Among(bool[] suspects, Sample far, Sample close, Sample closest, int sign)
        {
            for (int o = 0; o < suspects.Length; o++)
            {
                double value = center.Outputs[o], largest = far.Outputs[o] - value;
                double first = AtZero(largest, close.Outputs[o] - value), second = AtZero(close.Outputs[o] - value, closest.Outputs[o] - value);
                double rounding = RoundingFactor * problem.Rounding * Math.Abs(largest) / step;
                bool stays = Math.Abs(second - first) <= Agreement * Math.Max(Math.Abs(first), Math.Abs(second));
                if (suspects[o] && stays && Math.Min(Math.Abs(first), Math.Abs(second)) > Threshold(value) + rounding)
                    return new(o, value, value + second, sign > 0);
            }

            return null;
        }
    }

    private static double AtZero(double atStep, double atSmallerStep) => ((Ratio * atSmallerStep) - atStep) / (Ratio - 1);
}
