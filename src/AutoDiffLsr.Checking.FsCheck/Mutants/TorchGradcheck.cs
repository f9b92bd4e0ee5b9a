using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck.Mutants;

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
        FirstOrder first = Difference.First(function, inputs, out Workbench<double> bench);
        using (bench)
        {
            int outputs = first.EvaluateAt().Outputs.Length;
            double[] cotangent = Difference.Normal(new RandomSource(seed), outputs);
            if (IsWrong(first, outputs) || !Point.AreSame(first.Vjp(cotangent), first.Vjp(cotangent)))
                return true;
            if (first.Vjp(new double[outputs]).Any(slot => slot.Any(value => value != 0)))
                return true;
            SecondOrder second = new(bench, first.Slots, first.At, cotangent, bench.OutputShape);
            return IsWrong(second, second.EvaluateAt().Outputs.Length);
        }
    }

    private static bool IsWrong(Problem problem, int outputs)
    {
        double[][][] rows = [.. Enumerable.Range(0, outputs).Select(output => problem.Vjp(Difference.Unit([new double[outputs]], 0, output)[0]))];
        for (int slot = 0; slot < problem.At.Length; slot++)
        {
            for (int index = 0; index < problem.At[slot].Length; index++)
            {
                double[] numeric = Difference.Central(problem, Difference.Unit(problem.At, slot, index), Step);
                for (int output = 0; output < outputs; output++)
                {
                    if (!Difference.AllClose(rows[output][slot][index], numeric[output], Absolute, Relative))
                        return true;
                }
            }
        }

        return false;
    }
}
