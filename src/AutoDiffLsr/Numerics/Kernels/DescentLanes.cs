using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Gradient descent on whole vectors. Products and sums are rounded one by one, as those of the remaining entries are.</summary>
internal static class DescentLanes<L, T>
    where L : struct, ILanes<L, T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>m = momentum·m + gain·g, then p -= rate·m, or p -= rate·(g + momentum·m) with Nesterov's correction. Without momentum m is not used: p -= rate·g.</summary>
    /// <returns>How many entries were done; fewer than a vector are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Run<TMomentum>(int length, ref T p, ref T gradient, ref T m, in GradientLimit<T> limit, in DescentStep<T> step)
        where TMomentum : struct, ISwitch
    {
        L rate = Of(step.Rate), decay = Of(step.Decay), momentum = Of(step.Momentum), gain = Of(step.Gain), smallest = Of(OptimizerKernels.Smallest<T>());
        L scale = Of(limit.Scale), bound = Of(limit.Bound), least = Of(-limit.Bound);
        nint i = 0;
        for (; i <= length - L.Count; i += L.Count)
        {
            L x = L.Load(ref p, i), g = L.Load(ref gradient, i);
            g = L.ChooseLess(bound, g, bound, g);
            g = (scale * L.ChooseLess(g, least, least, g)) + (decay * x);
            L direction = g;
            if (TMomentum.IsOn)
            {
                L average = (momentum * L.Load(ref m, i)) + (gain * g);
                average = L.ChooseLess(ElementaryKernels<L, T>.Magnitude(average), smallest, L.Of(0), average);
                average.Store(ref m, i);
                direction = step.Nesterov ? g + (momentum * average) : average;
            }

            (x - (rate * direction)).Store(ref p, i);
        }

        return (int)i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Of(T value) => L.Of(double.CreateTruncating(value));
}
