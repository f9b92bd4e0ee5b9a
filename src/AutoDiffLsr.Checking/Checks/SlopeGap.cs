namespace AutoDiffLsr.Checking.Checks;

/// <summary>
/// Whether a function that notes no branches has a kink at a point: of a smooth function, the gap between the slopes right and left halves with the step;
/// at a kink it stays.
/// </summary>
internal sealed class SlopeGap
{
    private const int Halvings = 2;
    private const double StaysAbove = 0.9;

    /// <summary>The first step, and the smallest gap that counts: 1e-5 and a share of 1e-6 in double.</summary>
    private const double StepFactor = 1.65, VisibleFactor = 67;

    private readonly Sample center;
    private readonly Stencil[] stencils;
    private readonly double visible;

    public SlopeGap(Problem problem, Sample center, double[][] direction)
    {
        this.center = center;
        double step = StepFactor * Math.Cbrt(problem.Rounding);
        visible = VisibleFactor * Math.Sqrt(problem.Rounding);
        stencils = [.. Enumerable.Range(0, Halvings + 1).Select(halving => new Stencil(problem, direction, step * Math.Pow(0.5, halving)))];
    }

    public static bool ShowsKink(Problem problem, Sample center, double[][] direction, double[] weights) => new SlopeGap(problem, center, direction).Of(weights) > 0;

    /// <summary>The gap at a kink of a weighted sum of the outputs; 0 where there is no kink.</summary>
    public double Of(double[] weights)
    {
        double size = Point.Terms(weights, center.Outputs), middle = Point.Dot(weights, center.Outputs);
        (double before, double slopes) = Gap(0);
        for (int halving = 1; halving <= Halvings; halving++)
        {
            (double gap, _) = Gap(halving);
            if (!(gap > StaysAbove * before))
                return 0;
            before = gap;
        }

        return before > visible * (slopes + size) ? before : 0;

        (double Gap, double Slopes) Gap(int halving)
        {
            Stencil stencil = stencils[halving];
            double right = (Point.Dot(weights, stencil.Right(0).Outputs) - middle) / stencil.Step, left = (middle - Point.Dot(weights, stencil.Left(0).Outputs)) / stencil.Step;
            return (Math.Abs(right - left), Math.Abs(right) + Math.Abs(left));
        }
    }
}
