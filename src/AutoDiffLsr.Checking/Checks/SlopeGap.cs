namespace AutoDiffLsr.Checking.Checks;

/// <summary>
/// Whether a function that notes no branches has a kink at a point: of a smooth function, the gap between the slopes right and left halves with the step;
/// at a kink it stays.
/// </summary>
internal static class SlopeGap
{
    private const double Step = 1e-5;
    private const int Halvings = 2;
    private const double StaysAbove = 0.9;
    private const double Visible = 1e-6;

    public static bool ShowsKink(Problem problem, Sample center, double[][] direction, double[] weights)
    {
        double size = Point.Terms(weights, center.Outputs), middle = Point.Dot(weights, center.Outputs);
        (double before, double slopes) = Gap(Step);
        for (int halving = 1; halving <= Halvings; halving++)
        {
            (double gap, _) = Gap(Step * Math.Pow(0.5, halving));
            if (!(gap > StaysAbove * before))
                return false;
            before = gap;
        }

        return before > Visible * (slopes + size);

        (double Gap, double Slopes) Gap(double h)
        {
            Stencil stencil = new(problem, direction, h);
            double right = (Point.Dot(weights, stencil.Right(0).Outputs) - middle) / h, left = (middle - Point.Dot(weights, stencil.Left(0).Outputs)) / h;
            return (Math.Abs(right - left), Math.Abs(right) + Math.Abs(left));
        }
    }
}
