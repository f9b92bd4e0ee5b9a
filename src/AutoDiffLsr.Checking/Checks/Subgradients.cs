using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>At a kink: for each output by itself, the analytic slope must lie between the slopes left and right.</summary>
/// <remarks>By itself, because of a sum of kinks neither the sum's slopes nor their order need to enclose the sum of values in between.</remarks>
internal sealed class Subgradients(Problem problem, LineDerivative line, CheckOptions options, CheckKind kind)
{
    private const int MaxOutputs = 48, MaxCoordinates = 48, JointDirections = 3;

    public CheckResult Check(RandomSource random, Sample center)
    {
        int[] outputs = Some(random, center.Outputs.Length, MaxOutputs);
        double[][][] rows = [.. outputs.Select(output => problem.Vjp(OneHot(output, center.Outputs.Length)))];
        CheckResult result = CheckResult.Pass(kind);
        foreach ((double[][] direction, string? entry) in Directions(random))
        {
            OneSidedStencils sides = line.Sides(direction);
            for (int k = 0; k < outputs.Length; k++)
            {
                CheckResult one = Compare(sides, Point.Dot(rows[k], direction), outputs[k], entry);
                if (one.Outcome == CheckOutcome.Failed)
                    return one;
                result = result with { Ratio = Math.Max(result.Ratio, one.Ratio) };
            }
        }

        return result;
    }

    private CheckResult Compare(OneSidedStencils sides, double analytic, int output, string? entry)
    {
        (DerivativeEstimate left, DerivativeEstimate right) = line.OneSided(sides, output);
        double low = Math.Min(left.Value, right.Value), high = Math.Max(left.Value, right.Value);
        double tolerance = options.AbsoluteTolerance + (options.RelativeTolerance * Math.Max(Math.Abs(low), Math.Abs(high)))
            + (options.ErrorFactor * (left.Error + right.Error));
        if (!double.IsFinite(tolerance))
            return CheckResult.Pass(kind);
        double outside = Math.Max(low - analytic, analytic - high);
        return outside <= tolerance
            ? CheckResult.Pass(kind, Math.Max(0, outside / tolerance))
            : CheckResult.Fail(
                kind,
                outside / tolerance,
                $"The point is on a kink, and the slope of {problem.OutputEntry(output)} {entry ?? "along a random direction"} is not between those left and right of it:\n"
                + $"analytic {analytic:G9}\nnumeric  {left.Value:G9} ± {left.Error:G2} on the left, {right.Value:G9} ± {right.Error:G2} on the right");
    }

    /// <summary>Single entries first, because they say more; then all at once, which shows what is counted twice.</summary>
    private IEnumerable<(double[][] Direction, string? Entry)> Directions(RandomSource random)
    {
        (int Slot, int Index)[] entries = [.. problem.At.SelectMany((slot, s) => Enumerable.Range(0, slot.Length).Select(i => (s, i)))];
        foreach (int place in Some(random, entries.Length, MaxCoordinates))
        {
            (int slot, int index) = entries[place];
            yield return (Draws.Coordinate(problem.At, slot, index), $"along {problem.Slots[slot].Name}, entry {problem.Slots[slot].Entry(index)},");
        }

        for (int i = 0; i < JointDirections; i++)
            yield return (Draws.Direction(random, problem.At), null);
        yield return ([.. problem.At.Select(slot => Enumerable.Repeat(1.0, slot.Length).ToArray())], "with all entries moving alike");
    }

    private static int[] Some(RandomSource random, int count, int most)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (count <= most)
            return all;
        random.Shuffle<int>(all);
        return [.. all.Take(most).Order()];
    }

    private static double[] OneHot(int index, int length)
    {
        double[] weights = new double[length];
        weights[index] = 1;
        return weights;
    }
}
