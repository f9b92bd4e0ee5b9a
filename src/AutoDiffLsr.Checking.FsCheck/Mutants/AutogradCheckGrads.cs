using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck.Mutants;

/// <summary>
/// autograd.test_util.check_grads of order 2 in reverse mode: a random projection, central difference over 1e-6, 1e-6 absolute or relative to a + b; the second
/// order is the VJP as a function of inputs and cotangent.
/// </summary>
internal sealed class AutogradCheckGrads : IOtherChecker
{
    private const double Step = 1e-6, Tolerance = 1e-6;

    public string Name => "autograd";

    public bool Objects(TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs, int seed)
    {
        RandomSource random = new(seed);
        FirstOrder first = Difference.First(function, inputs, out Workbench<double> bench);
        using (bench)
        {
            int outputs = first.EvaluateAt().Outputs.Length;
            if (IsWrong(first, random, outputs))
                return true;
            SecondOrder second = new(bench, first.Slots, first.At, Difference.Normal(random, outputs), bench.OutputShape);
            return IsWrong(second, random, second.EvaluateAt().Outputs.Length);
        }
    }

    private static bool IsWrong(Problem problem, RandomSource random, int outputs)
    {
        double[][] tangent = Difference.Normal(random, problem.At);
        double[] cotangent = Difference.Normal(random, outputs);
        double numeric = Point.Dot(cotangent, Difference.Central(problem, tangent, Step / 2)), analytic = Point.Dot(problem.Vjp(cotangent), tangent);
        double difference = Math.Abs(analytic - numeric);
        return !(difference < Tolerance || difference / Math.Abs(analytic + numeric) < Tolerance);
    }
}
