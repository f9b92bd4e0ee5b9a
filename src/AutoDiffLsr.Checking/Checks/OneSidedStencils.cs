using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The points on one side of a point along a line, at falling steps: those stencils whose points all took the same branches.</summary>
/// <param name="stencils">Stencils around the point, the largest first.</param>
/// <param name="sign">1 for the right side, -1 for the left.</param>
internal sealed class OneSidedStencils(IReadOnlyList<Stencil> stencils, int sign)
{
    private readonly bool?[] usable = new bool?[stencils.Count];

    public int Count => stencils.Count;

    public int Sign => sign;

    public double StepOf(int attempt) => stencils[attempt].Step;

    /// <summary>Whether all points of a stencil are finite and on one side of every kink that the operations note.</summary>
    public bool IsUsable(int attempt) => usable[attempt] ??= IsOnOneSide(attempt);

    public Sample At(int attempt, int level) => sign > 0 ? stencils[attempt].Right(level) : stencils[attempt].Left(level);

    private bool IsOnOneSide(int attempt)
    {
        ulong branch = At(attempt, 0).Branch;
        for (int level = 0; level < Ridders.Levels; level++)
        {
            if (!At(attempt, level).IsFinite || At(attempt, level).Branch != branch)
                return false;
        }

        return true;
    }
}
