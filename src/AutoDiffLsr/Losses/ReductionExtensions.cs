using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

internal static class ReductionExtensions
{
    public static Variable<T> Reduce<T>(this Variable<T> losses, Reduction reduction)
        where T : struct, IFloatingPointIeee754<T> => reduction switch
        {
            Reduction.Mean => losses.Mean(),
            Reduction.Sum => losses.Sum(),
            Reduction.None => losses,
            _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "A reduction is Mean, Sum or None."),
        };
}
