using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The points x + h·u of one direction for falling steps h, on one side or both, each computed once.</summary>
internal sealed class Stencil(Problem problem, double[][] direction, double step)
{
    private readonly Sample?[] right = new Sample?[Ridders.Levels], left = new Sample?[Ridders.Levels];
    private readonly double[][] point = Point.Zeros(problem.At);

    public double[][] Direction => direction;

    public double Step => step;

    public Sample Right(int level) => right[level] ??= At(Ridders.StepOf(step, level));

    public Sample Left(int level) => left[level] ??= At(-Ridders.StepOf(step, level));

    private Sample At(double t)
    {
        Point.Move(problem.At, direction, t, point);
        return problem.Near(point);
    }
}
