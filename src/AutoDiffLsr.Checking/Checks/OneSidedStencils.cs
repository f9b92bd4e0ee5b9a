using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>For each side of a point, the largest stencil whose points all took the same branches.</summary>
internal sealed class OneSidedStencils
{
    private double leftStep, rightStep;

    public Func<int, Sample>? Left { get; private set; }

    public Func<int, Sample>? Right { get; private set; }

    public bool IsComplete => Left is not null && Right is not null;

    public double StepOf(int sign) => sign < 0 ? leftStep : rightStep;

    public void TryTake(Stencil stencil)
    {
        if (Left is null && IsOnOneSide(stencil.Left))
            (Left, leftStep) = (stencil.Left, stencil.Step);
        if (Right is null && IsOnOneSide(stencil.Right))
            (Right, rightStep) = (stencil.Right, stencil.Step);
    }

    private static bool IsOnOneSide(Func<int, Sample> side)
    {
        ulong branch = side(0).Branch;
        for (int level = 0; level < Ridders.Levels; level++)
        {
            if (!side(level).IsFinite || side(level).Branch != branch)
                return false;
        }

        return true;
    }
}
