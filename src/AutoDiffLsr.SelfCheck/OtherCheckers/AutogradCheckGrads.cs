using AutoDiffLsr.Checking;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

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
        using FunctionSubject first = Subject.Of(function, inputs);
        int outputs = first.Evaluate(first.At).Length;
        if (IsWrong(first, random, outputs))
            return true;
        using PullbackSubject second = first.Pullback(Draws.Normal(random, outputs));
        return IsWrong(second, random, second.Evaluate(second.At).Length);
    }

    private static bool IsWrong(Subject problem, RandomSource random, int outputs)
    {
        double[][] tangent = Draws.Normal(random, problem.At);
        double[] cotangent = Draws.Normal(random, outputs);
        double numeric = Draws.Dot(cotangent, problem.CentralDifference(tangent, Step / 2)), analytic = Draws.Dot(problem.Vjp(cotangent), tangent);
        double difference = Math.Abs(analytic - numeric);
        return !(difference < Tolerance || difference / Math.Abs(analytic + numeric) < Tolerance);
    }
}
