using AutoDiffLsr.Checking;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>
/// torch.autograd.gradcheck and gradgradcheck (slow mode): the whole Jacobian, central step 1e-6, atol 1e-5, rtol 1e-3; backward run twice must agree bit
/// by bit; a zero cotangent must give a zero gradient.
/// </summary>
internal sealed class TorchGradcheck : IOtherChecker
{
    private const double Step = 1e-6, Absolute = 1e-5, Relative = 1e-3;

    public string Name => "torch";

    public bool Objects(TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs, int seed)
    {
        using FunctionSubject first = Subject.Of(function, inputs);
        int outputs = first.Evaluate(first.At).Length;
        double[] cotangent = Draws.Normal(new RandomSource(seed), outputs);
        if (IsWrong(first, outputs) || !Draws.AreSame(first.Vjp(cotangent), first.Vjp(cotangent)))
            return true;
        if (first.Vjp(new double[outputs]).Any(slot => slot.Any(value => value != 0)))
            return true;
        using PullbackSubject second = first.Pullback(cotangent);
        return IsWrong(second, second.Evaluate(second.At).Length);
    }

    private static bool IsWrong(Subject problem, int outputs)
    {
        double[][][] rows = [.. Enumerable.Range(0, outputs).Select(output => problem.Vjp(Draws.Unit([new double[outputs]], 0, output)[0]))];
        for (int slot = 0; slot < problem.At.Length; slot++)
        {
            for (int index = 0; index < problem.At[slot].Length; index++)
            {
                double[] numeric = problem.CentralDifference(Draws.Unit(problem.At, slot, index), Step);
                for (int output = 0; output < outputs; output++)
                {
                    if (!Draws.AllClose(rows[output][slot][index], numeric[output], Absolute, Relative))
                        return true;
                }
            }
        }

        return false;
    }
}
