using AutoDiffLsr.Checking;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>minitorch's grad_check: the sum of the outputs, one random entry of each input, central step 1e-6, 1e-2 absolute and relative; first order only.</summary>
internal sealed class MinitorchGradCheck : IOtherChecker
{
    private const double Step = 1e-6, Tolerance = 1e-2;

    public string Name => "minitorch";

    public bool Objects(TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs, int seed)
    {
        RandomSource random = new(seed);
        using FunctionSubject first = Subject.Of(function, inputs);
        double[] ones = [.. Enumerable.Repeat(1.0, first.Evaluate(first.At).Length)];
        double[][] gradient = first.Vjp(ones);
        for (int slot = 0; slot < gradient.Length; slot++)
        {
            int index = random.NextInt(gradient[slot].Length);
            double numeric = first.CentralDifference(Draws.Unit(first.At, slot, index), Step).Sum();
            if (!Draws.AllClose(gradient[slot][index], numeric, Tolerance, Tolerance))
                return true;
        }

        return false;
    }
}
