using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>At a kink: for each output by itself, the analytic slope must lie between the slopes left and right.</summary>
/// <remarks>
/// By itself, because of a sum of kinks neither the sum's slopes nor their order need to enclose the sum of values in between. Where an output jumps, the
/// slopes are those beside the point: a value outside of them is wrong, and one between them cannot be confirmed, unless jumps are expected. They are in the
/// gradient of a function that has a kink.
/// </remarks>
internal sealed class Subgradients(Problem problem, LineDerivative line, CheckOptions options, CheckKind kind, bool jumpsAreExpected)
{
    private const int MaxOutputs = 48, MaxCoordinates = 48, JointDirections = 3;

    /// <summary>By how much a slope at a kink may be less certain than a derivative.</summary>
    private const double Coarser = 100;

    /// <summary>How far the points close by are off, and the step of the difference quotients there.</summary>
    private const double Distance = 1e-5, Step = 1e-8;

    public CheckResult Check(RandomSource random, Sample center)
    {
        int[] outputs = Some(random, center.Outputs.Length, MaxOutputs);
        double[][][] rows = [.. outputs.Select(output => problem.Vjp(OneHot(output, center.Outputs.Length)))];
        CheckResult result = CheckResult.Pass(kind);
        foreach ((double[][] direction, string? entry) in Directions(random))
        {
            Stencil[] stencils = line.StencilsOf(direction);
            OneSidedStencils left = new(stencils, -1), right = new(stencils, 1);
            for (int k = 0; k < outputs.Length; k++)
            {
                string where = $"{problem.OutputEntry(outputs[k])} {entry ?? "along a random direction"}";
                CheckResult one = Compare(new OneSidedSlope(center, problem.Rounding), left, right, Point.Dot(rows[k], direction), outputs[k], direction, where);
                if (one.Outcome == CheckOutcome.Failed)
                    return one;
                result = result.Outcome == CheckOutcome.Passed && one.Outcome == CheckOutcome.Inconclusive ? one : result with { Ratio = Math.Max(result.Ratio, one.Ratio) };
            }
        }

        return result;
    }

    private CheckResult Compare(OneSidedSlope slopes, OneSidedStencils left, OneSidedStencils right, double analytic, int output, double[][] direction, string where)
    {
        Bracket fromThePoint = new(slopes.FromThePoint(left, output), slopes.FromThePoint(right, output));
        if (IsCertain(fromThePoint, analytic))
            return Verdict(fromThePoint, analytic, $"The point is on a kink, and the slope of {where} is not between those left and right of it:", Advice());
        Bracket beside = new(slopes.BesideThePoint(left, output), slopes.BesideThePoint(right, output));
        if (IsCertain(beside, analytic))
        {
            CheckResult verdict = Verdict(beside, analytic, $"The point is on a jump, and the slope of {where} is not between those left and right of the jump:", "");
            if (verdict.Outcome == CheckOutcome.Failed && jumpsAreExpected && Verdict(Around(output, direction, beside), analytic, "", "") is { Outcome: CheckOutcome.Passed } around)
                return around;
            if (verdict.Outcome == CheckOutcome.Failed || jumpsAreExpected)
                return verdict;
        }

        return jumpsAreExpected
            ? CheckResult.Pass(kind)
            : CheckResult.Uncertain(kind, $"On one side of the point, the slope of {where} cannot be measured: the function jumps there, or changes too fast.\n{Values(fromThePoint, analytic)}");
    }

    /// <summary>
    /// The smallest and the largest slope along a direction at the points close by, and those beside the point. Where three or more values tie, a line through the tie need
    /// not show the pieces that the rule chose among: the slope may be any between those of all pieces that meet here (Clarke 1983, section 2.6). Each point close by has a
    /// single entry off; and, as many values may tie, twice more with all others off by less, so that no tie is left and the first or the last of equals is the largest, as
    /// rules choose.
    /// A point that is itself on a kink or jump has no slope to add.
    /// </summary>
    private Bracket Around(int output, double[][] direction, Bracket beside)
    {
        double low = beside.Low, high = beside.High;
        double[][] point = Point.Zeros(problem.At);
        foreach (double[][] near in new[] { Point.Clone(problem.At), Untied(1), Untied(-1) })
        {
            for (int slot = 0; slot < near.Length; slot++)
            {
                for (int i = 0; i < near[slot].Length; i++)
                {
                    double before = near[slot][i], middle = problem.At[slot][i], off = Off(middle);
                    AddSlope(near, slot, i, middle - off);
                    AddSlope(near, slot, i, middle + off);
                    near[slot][i] = before;
                }
            }
        }

        return new(new(low, Distance * (1 + Math.Abs(low)), Step), new(high, Distance * (1 + Math.Abs(high)), Step));

        void AddSlope(double[][] near, int slot, int i, double moved)
        {
            near[slot][i] = moved;
            double here = At(near, 0), right = (At(near, Step) - here) / Step, left = (here - At(near, -Step)) / Step;
            if (Math.Abs(right - left) <= Distance * (1 + Math.Abs(right)))
                (low, high) = (Math.Min(low, right), Math.Max(high, right));
        }

        double At(double[][] near, double t)
        {
            Point.Move(near, direction, t, point);
            return problem.Near(point).Outputs[output];
        }
    }

    private static double Off(double middle) => Distance * Math.Max(1, Math.Abs(middle));

    /// <summary>The point with its entries off by different distances, in rising or falling order, at most half of what a single entry is moved by.</summary>
    private double[][] Untied(int sign)
    {
        double[][] near = Point.Clone(problem.At);
        int count = near.Sum(slot => slot.Length), place = 0;
        foreach (double[] slot in near)
        {
            for (int i = 0; i < slot.Length; i++)
                slot[i] += sign * Off(slot[i]) * ((place++ / (double)count) - 0.5);
        }

        return near;
    }

    private CheckResult Verdict(Bracket slopes, double analytic, string problemText, string advice)
    {
        double tolerance = Tolerance(slopes), outside = Math.Max(slopes.Low - analytic, analytic - slopes.High);
        return outside <= tolerance
            ? CheckResult.Pass(kind, Math.Max(0, outside / tolerance))
            : CheckResult.Fail(kind, outside / tolerance, $"{problemText}\n{Values(slopes, analytic)}{advice}");
    }

    private static string Values(Bracket slopes, double analytic) =>
        $"analytic {analytic:G9}\nnumeric  {slopes.Left.Value:G9} ± {slopes.Left.Error:G2} on the left, {slopes.Right.Value:G9} ± {slopes.Right.Error:G2} on the right";

    private string Advice() => kind == CheckKind.Derivative
        ? "\nA composition of several piecewise operations can do this with each of them right, as relu(x) - relu(-x) at 0: for one, set CheckOptions.Kinks to KinkPolicy.Skip."
        : "";

    private double Tolerance(Bracket slopes) => Sure(slopes) + (options.ErrorFactor * (slopes.Left.Error + slopes.Right.Error));

    private double Sure(Bracket slopes) => options.AbsoluteTolerance + (options.RelativeTolerance * Math.Max(Math.Abs(slopes.Low), Math.Abs(slopes.High)));

    private bool IsCertain(Bracket slopes, double analytic) =>
        Tolerance(slopes) <= (Coarser * Sure(slopes)) + (Coarser * options.InconclusiveAbove * Math.Max(1, Math.Max(Math.Abs(analytic), Math.Max(Math.Abs(slopes.Low), Math.Abs(slopes.High)))));

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

    /// <summary>The slopes on both sides.</summary>
    private readonly record struct Bracket(DerivativeEstimate Left, DerivativeEstimate Right)
    {
        public double Low => Math.Min(Left.Value, Right.Value);

        public double High => Math.Max(Left.Value, Right.Value);
    }
}
